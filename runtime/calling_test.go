package runtime_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestConnectionOfALine(t *testing.T) {
	_, w := onLine(t, `console.log(ws.connectionId, ws.url, ws.protocol === "", Object.keys(ws).length, ws.constructor.name)`)
	if got, want := w.Output(), "test_ws_0 ws://h/ true 0 WebSocketConnection"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A wall is a network that opens no connection.
type wall struct{}

func (wall) Methods() []string { return []string{"network.wsConnect"} }

func (w wall) Open(rpc.Caller) rpc.Session { return w }

func (wall) Serve(call *rpc.Call) {
	if url, _ := call.Params.Text("url"); url == "mute" {
		call.Fail(errors.New(""))
	} else {
		call.Fail(&rpc.Error{Code: "ERR_NO", Message: "no way to " + url})
	}
}

func (wall) Busy() bool { return false }

func (wall) Close(context.Context) {}

// TestCallRefused has a call fail whose promise the host has made.
func TestCallRefused(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{wall{}}})
	w.Run(importSDK + `
		function author(url) { return editor.network.createWebSocket(url) }
		for (const url of ["ws://h/", "mute"]) {
			try { await author(url) } catch (e) { console.log(e instanceof Error, e.code, e.message, /at author .test.js:2:/.test(e.stack)) }
		}
		for (const opened of [undefined, 5]) {
			try { sendMessage("call", { method: "network.wsConnect", params: {} }, opened) } catch (e) { console.log(e.name) }
		}`)
	want := "true ERR_NO no way to ws://h/ true\ntrue undefined the host gave no reason true\nTypeError\nTypeError"
	if got := w.Output(); got != want || len(w.Errors()) > 0 {
		t.Errorf("got:\n%s\nerrors %v, want:\n%s", got, w.Errors(), want)
	}
}

// TestCallResult has the function of a result throw, and return other things.
func TestCallResult(t *testing.T) {
	_, w := onLine(t, `
		const call = (opened) => sendMessage("call", { method: "network.wsConnect", params: {} }, opened);
		call((life) => life.connectionId).then(console.log);
		call(() => Promise.reject(new RangeError("later"))).catch((e) => console.log(e.message));
		call(() => { throw new RangeError("at once") }).catch((e) => console.log(e.message));
		const followed = call(() => Promise.resolve("followed"));
		setTimeout(() => followed.then(console.log), 1);`)
	w.Idle(w.Host.Extensions()[0])
	got := strings.Split(w.Output(), "\n")
	if want := []string{"test_ws_0", "later", "at once", "followed"}; strings.Join(got, "|") != strings.Join(want, "|") || len(w.Errors()) > 0 {
		t.Errorf("got %q, errors %v, want %q", got, w.Errors(), want)
	}
}
