package e2e

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A service offers methods that a function answers, and keeps the calls.
type service struct {
	methods []string
	answer  func(*rpc.Call)

	mu     sync.Mutex
	calls  []string
	caller rpc.Caller
}

func (s *service) Methods() []string { return s.methods }

func (s *service) Open(caller rpc.Caller) rpc.Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.caller = caller
	return s
}

func (s *service) Serve(call *rpc.Call) {
	params, _ := call.Params.MarshalJSON()
	s.mu.Lock()
	s.calls = append(s.calls, call.Method+" "+string(params))
	s.mu.Unlock()
	s.answer(call)
}

func (s *service) Busy() bool { return false }

func (s *service) Close(context.Context) {}

// newPublished runs a bundle with a copy of the published SDK, on a host that
// has sockets and a service.
func newPublished(t *testing.T, s *service, script string) (*runtimetest.World, *runtime.Extension) {
	t.Helper()
	network, err := hostnet.New(hostnet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	world := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{network, s}})
	folder := runtimetest.Write(t, map[string]string{
		"manifest.json": `{"id": "story", "name": "A story", "version": "0.1.0", "main": "dist/main.js"}`,
		"dist/main.js":  script,
	})
	ext, err := world.Host.Load(t.Context(), folder)
	if err != nil {
		t.Fatal(runtime.Describe(err))
	}
	return world, ext
}

// echoed is a service that answers with the param x.
func echoed() *service {
	return &service{
		methods: []string{"storage.kv.getItem", "storage.kv.setItem", "storage.kv.clear", "commands.register", "commands.registerHook", "commands.hookResponse", "messaging.listen"},
		answer: func(call *rpc.Call) {
			switch call.Method {
			case "storage.kv.getItem":
				call.Reply(call.Params.Get("key"))
			case "storage.kv.setItem":
				call.Fail(errors.New(""))
			case "commands.registerHook":
				call.Reply(rpc.Object{{Name: "hookId", Value: call.Params.Get("hookId")}})
			default:
				call.Reply(nil)
			}
		},
	}
}
