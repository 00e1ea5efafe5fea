package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/bench/task"
	"github.com/srcnexus/extrun/internal/leaktest"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// open serves the paths for the length of a test and opens one.
func open(t *testing.T, path string) *websocket.Conn {
	t.Helper()
	server := httptest.NewServer(handler())
	t.Cleanup(server.Close)
	return dial(t, server, path)
}

func dial(t *testing.T, server *httptest.Server, path string) *websocket.Conn {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	options := &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}}
	ws, _, err := websocket.Dial(t.Context(), server.URL+path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(-1)
	return ws
}

func TestEcho(t *testing.T) {
	ws := open(t, "/echo")
	for _, length := range append(lengths, 1<<20) {
		sent := bytes.Repeat([]byte("x"), length)
		written := make(chan error)
		go func() { written <- ws.Write(t.Context(), websocket.MessageBinary, sent) }()
		kind, got, err := ws.Read(t.Context())
		if err != nil || kind != websocket.MessageBinary || !bytes.Equal(got, sent) {
			t.Fatalf("%d bytes came back as %d, %v, %v", length, len(got), kind, err)
		}
		if err := <-written; err != nil {
			t.Fatal(err)
		}
	}
	if err := ws.Close(websocket.StatusNormalClosure, "done"); err != nil {
		t.Error(err)
	}
}

func TestFlood(t *testing.T) {
	const n = 10_000
	ws := open(t, "/flood?n=10000&size=64")
	if err := ws.Write(t.Context(), websocket.MessageText, []byte("go")); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, got, err := ws.Read(t.Context()); err != nil || len(got) != 64 {
			t.Fatalf("message %d has %d bytes, %v", i, len(got), err)
		}
	}
	if err := ws.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
}

func TestNoHandshake(t *testing.T) {
	answer := httptest.NewRecorder()
	handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/echo", nil))
	if answer.Code != http.StatusUpgradeRequired {
		t.Errorf("a request that is no handshake was answered with %d", answer.Code)
	}
}

// TestDrills runs both kinds of drill with three members, one of them busy.
func TestDrills(t *testing.T) {
	for _, drill := range []task.Drill{{Members: 3, Milliseconds: 50, Busy: 1}, {Members: 3, Milliseconds: 50, Busy: 1, InFlight: 4}} {
		server := httptest.NewServer(handler())
		busy := make(chan struct{}, 3)
		for range 3 {
			ws := dial(t, server, "/member")
			go obey(ws, busy)
		}
		report := ask(t, server, drill)
		if len(busy) != 1 || report.Members != 2 || report.Messages < 2 || report.Seconds < 0.05 {
			t.Errorf("%+v: %d were told to be busy, and the report is %+v", drill, len(busy), report)
		}
		if measured := report.Max > 0 && report.Median <= report.P99 && report.P99 <= report.Max; measured != (drill.InFlight == 0) {
			t.Errorf("%+v: the report is %+v", drill, report)
		}
		server.Close()
	}
}

// obey is a member that never gets less busy.
func obey(ws *websocket.Conn, busy chan<- struct{}) {
	for {
		kind, text, err := ws.Read(context.Background())
		if err != nil {
			return
		}
		if strings.HasPrefix(string(text), "busy ") {
			busy <- struct{}{}
			continue
		}
		ws.Write(context.Background(), kind, text)
	}
}

func ask(t *testing.T, server *httptest.Server, d task.Drill) (report task.Report) {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := (&http.Client{Transport: transport}).Get(server.URL + "/drill?" + d.Query())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&report); err != nil {
		t.Fatal(err)
	}
	return report
}
