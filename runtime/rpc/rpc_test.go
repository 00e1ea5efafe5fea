package rpc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// A service serves its methods by a function.
type service struct {
	methods []string
	serve   func(*rpc.Call)
	busy    atomic.Bool
	closed  atomic.Int32
}

func (s *service) Methods() []string { return s.methods }

func (s *service) Open(rpc.Caller) rpc.Session { return s }

func (s *service) Serve(call *rpc.Call) { s.serve(call) }

func (s *service) Busy() bool { return s.busy.Load() }

func (s *service) Close(context.Context) { s.closed.Add(1) }

func TestRouter(t *testing.T) {
	echo := &service{methods: []string{"a.echo"}, serve: func(call *rpc.Call) { call.Reply(call.Params.Get("x")) }}
	broken := &service{methods: []string{"b.panic", "b.fail"}, serve: func(call *rpc.Call) {
		if call.Method == "b.fail" {
			call.Fail(errors.New("no"))
			return
		}
		panic("oh")
	}}
	router := rpc.NewRouter(rpctest.NewCaller("ext"), []rpc.Namespace{echo, broken})
	tests := []struct {
		method string
		want   string
	}{
		{"a.echo", "5 <nil> "},
		{"b.fail", "<nil> no "},
		{"b.panic", "<nil> b.panic: the host failed: oh ERR_INTERNAL"},
		{"c.none", "<nil> c.none is not available in this host ERR_NOT_AVAILABLE"},
		{"", "<nil>  is not available in this host ERR_NOT_AVAILABLE"},
	}
	for _, test := range tests {
		var got string
		router.Serve(rpc.NewCall(t.Context(), test.method, rpc.Object{{Name: "x", Value: 5}}, func(result any, err error) {
			got = fmt.Sprint(result, " ", err, " ", rpc.Code(err))
		}))
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.method, got, test.want)
		}
	}
	if router.Busy() {
		t.Error("busy while no session is")
	}
	broken.busy.Store(true)
	if !router.Busy() {
		t.Error("not busy while a session is")
	}
	router.Close(t.Context())
	if echo.closed.Load() != 1 || broken.closed.Load() != 1 {
		t.Error("a session was not closed")
	}
}

func TestCheckNamespaces(t *testing.T) {
	one, two := &service{methods: []string{"b.x", "a.x"}}, &service{methods: []string{"a.x"}}
	if err := rpc.CheckNamespaces([]rpc.Namespace{one}); err != nil {
		t.Error(err)
	}
	if err := rpc.CheckNamespaces([]rpc.Namespace{one, two}); err == nil || err.Error() != "two namespaces offer the method a.x" {
		t.Errorf("got %v", err)
	}
	if got := rpc.Methods([]rpc.Namespace{one}); !slices.Equal(got, []string{"a.x", "b.x"}) {
		t.Errorf("got %v", got)
	}
}

func TestCallContext(t *testing.T) {
	parent, end := context.WithCancel(t.Context())
	newCall := func() *rpc.Call { return rpc.NewCall(parent, "m", nil, func(any, error) {}) }
	answered, cancelled, cancelledBefore, ended := newCall(), newCall(), newCall(), newCall()
	cancelledBefore.Cancel()
	for _, call := range []*rpc.Call{answered, cancelled, ended} {
		if call.Context().Err() != nil {
			t.Error("done too early")
		}
	}
	answered.Reply(nil)
	cancelled.Cancel()
	end()
	for _, call := range []*rpc.Call{answered, cancelled, cancelledBefore, ended} {
		<-call.Context().Done()
	}
}

func TestBind(t *testing.T) {
	call := rpc.NewCall(t.Context(), "m.n", rpc.Object{{Name: "name", Value: "x"}, {Name: "list", Value: []any{1, 2}}}, nil)
	var params struct {
		Name string
		List []int
	}
	if err := call.Bind(&params); err != nil || params.Name != "x" || !slices.Equal(params.List, []int{1, 2}) {
		t.Errorf("got %+v, %v", params, err)
	}
	var wrong struct{ Name int }
	if err := call.Bind(&wrong); rpc.Code(err) != rpc.CodeInvalidData {
		t.Errorf("got %v", err)
	}
}

func TestObjectAsJSON(t *testing.T) {
	object := rpc.Object{
		{Name: "z", Value: "<&>\u2028"}, {Name: "a", Value: rpc.Object{}}, {Name: "é\"", Value: []any{nil, true, 1.5}},
		{Name: "lazy", Value: rpc.NewLazy(func() any { return "computed" })},
	}
	text, err := json.Marshal(object)
	want := `{"z":"\u003c\u0026\u003e\u2028","a":{},"é\"":[null,true,1.5],"lazy":"computed"}`
	if err != nil || string(text) != want {
		t.Errorf("got %s, %v", text, err)
	}
	if _, err := json.Marshal(rpc.Object{{Name: "f", Value: func() {}}}); err == nil {
		t.Error("a function was marshalled")
	}
}

// nested is an object inside an object, and so on.
func nested(depth int, inside any) any {
	for range depth {
		inside = rpc.Object{{Name: "a", Value: inside}}
	}
	return inside
}

func TestEncodeJSON(t *testing.T) {
	type point struct{ X, Y int }
	for _, data := range []any{
		[]any{},
		[]any{nil, true, 1, int64(-2), 1e21, 0.1, "x\n\u2028\"\xff", []byte("bytes")},
		map[string]any{"b": []any{1}, "a": map[string]any{"ü": nested(2, rpc.NewLazy(func() any { return 1 }))}},
		point{1, 2},
		[]point{{1, 2}},
		map[string]int{"z": 1, "a": 2},
	} {
		want, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := rpc.EncodeJSON(data); string(got) != string(want) || err != nil {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
}

func TestDeepJSONIsRefused(t *testing.T) {
	const limit = 5000
	if got, err := rpc.EncodeJSON(nested(limit, 1)); len(got) != 1+6*limit || err != nil {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	cycle := []any{nil}
	cycle[0] = cycle
	for _, data := range []any{nested(limit+1, 1), cycle} {
		if _, err := rpc.EncodeJSON(data); err == nil {
			t.Error("accepted")
		}
	}
}
