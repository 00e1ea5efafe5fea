package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A line is a network with one connection, whose sends fail, or are answered
// twice or never, if that is what they say.
type line struct{ caller rpc.Caller }

func (l *line) Methods() []string { return []string{"network.wsConnect", "network.wsSend"} }

func (l *line) Open(caller rpc.Caller) rpc.Session {
	l.caller = caller
	return l
}

func (l *line) Serve(call *rpc.Call) {
	data, _ := call.Params.Text("data")
	switch {
	case call.Method == "network.wsConnect":
		call.Reply(rpc.Object{{Name: "connectionId", Value: "test_ws_0"}})
	case data == "aborted":
		call.Fail(&rpc.Error{Code: rpc.CodeAborted, Message: "it was called off"})
	case data == "told":
		call.Reply("something")
	case data == "never":
	case data == "twice":
		call.Reply(nil)
		call.Fail(errors.New("it was answered already"))
	case data == "mute":
		call.Fail(errors.New(""))
	case strings.HasPrefix(data, "no"):
		call.Fail(&rpc.Error{Code: "ERR_NO", Message: "the server said " + data})
	default:
		call.Reply(nil)
	}
}

func (l *line) Busy() bool { return false }

func (l *line) Close(context.Context) {}

func onLine(t *testing.T, script string) (*line, *runtimetest.World) {
	t.Helper()
	l := new(line)
	w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{l}})
	w.Run(importSDK + `const ws = await editor.network.createWebSocket("ws://h/");` + "\n" + script)
	return l, w
}

func TestSendSettles(t *testing.T) {
	_, w := onLine(t, `
		const sent = ws.send("a");
		console.log(sent instanceof Promise, await sent);
		const show = (e) => console.log(e instanceof Error, e.name, e.code, e.message, e.stack.includes("author"), Object.keys(e));
		async function author(text) { await ws.send(text) }
		await author("no").catch(show);
		await author("aborted").catch(show);
		await author("mute").catch(show);
		try { sendMessage("send", 5, "a").catch(() => console.log("refused")) } catch (e) { console.log("thrown") }`)
	compareLines(t, w.Lines(), []string{
		"true null",
		"true Error ERR_NO the server said no true [ 'code' ]",
		"true AbortError ERR_ABORTED it was called off true [ 'code' ]",
		"true Error undefined the host gave no reason true []",
	})
}

// TestSendTurns has each answer run its reactions before the next answer.
func TestSendTurns(t *testing.T) {
	_, w := onLine(t, `
		for (const name of ["a", "b", "c"]) {
			ws.send("alone");
			ws.send(name).then(() => console.log(name, 1)).then(() => console.log(name, 2)).then(() => console.log(name, 3));
		}`)
	compareLines(t, w.Lines(), []string{"a 1", "a 2", "a 3", "b 1", "b 2", "b 3", "c 1", "c 2", "c 3"})
}

// TestSendTakesNoTurn has an answer that nobody waits for run nothing, and any other
// take a turn.
func TestSendTakesNoTurn(t *testing.T) {
	l, w := onLine(t, `
		await ws.send("the first");
		ws.onMessage((m) => { for (let i = 0; i < 10; i++) ws.send(m.data) });
		ws.onMessage(() => { for (let i = 0; i < 3; i++) ws.send("awaited").then(() => {}) });`)
	ext := w.Host.Extensions()[0]
	w.Idle(ext)
	before := ext.Stats().Turns
	l.caller.Push(rpc.Event{Connection: "test_ws_0", Name: "message", Data: rpc.Object{{Name: "data", Value: "twice"}}})
	w.Idle(ext)
	if got := ext.Stats(); got.Turns != before+1+3 || got.Calls != 0 {
		t.Errorf("%d turns, %d calls", got.Turns-before, got.Calls)
	}
}

// TestSendAwaitedLate awaits what has been answered before.
func TestSendAwaitedLate(t *testing.T) {
	_, w := onLine(t, `const sent = [ws.send("told"), ws.send("told")];
		await ws.send("more");
		console.log(...await Promise.all(sent));`)
	compareLines(t, w.Lines(), []string{"something something"})
}

// TestSendEnds has the calls that are pending at the end rejected in their order.
func TestSendEnds(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{new(line)}})
	ext := w.Load(importSDK + `
		const ws = await editor.network.createWebSocket("ws://h/");
		for (let i = 0; i < 20; i++) {
			const call = i % 3 === 0 ? editor.host.call("network.wsSend", { data: "never" }) : ws.send("never");
			call.catch((e) => console.log(i, e.name));
		}`)
	if err := ext.WaitActive(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Stop(ext)
	var want []string
	for i := range 20 {
		want = append(want, fmt.Sprintf("%d AbortError", i))
	}
	compareLines(t, w.Lines(), want)
}

func TestSendNobodyAwaits(t *testing.T) {
	_, w := onLine(t, `ws.send("no way"); await ws.send("yes");
		ws.send("no chance");
		await ws.send("twice");
		ws.send("no luck");`)
	if len(w.Errors()) != 3 {
		t.Fatalf("%d errors", len(w.Errors()))
	}
	for i, said := range []string{"no way", "no chance", "no luck"} {
		err := w.Errors()[i]
		if len(err.Frames) == 0 || err.Frames[0].File != "test.js" || err.Frames[0].Line != []int{2, 3, 5}[i] || !strings.Contains(err.Message, "the server said "+said) {
			t.Errorf("%v, at %v", err, err.Frames)
		}
	}
}

// TestEventForms has an event reach functions of both kinds.
func TestEventForms(t *testing.T) {
	l, w := onLine(t, `
		ws.onMessage((m) => console.log("handler", m.data));
		const before = globalThis.__pushWsEvent;
		let n = 0;
		globalThis.__pushWsEvent = (message) => {
			console.log("message", JSON.stringify(message));
			if (++n === 2) globalThis.__pushWsEvent = before;
			before(message);
		};`)
	for _, text := range []string{"a", "b", "c"} {
		l.caller.Push(rpc.Event{Connection: "test_ws_0", Name: "message", Data: rpc.Object{{Name: "data", Value: text}}})
	}
	w.Idle(w.Host.Extensions()[0])
	compareLines(t, w.Lines(), []string{
		`message {"connectionId":"test_ws_0","event":"message","data":{"data":"a"}}`, "handler a",
		`message {"connectionId":"test_ws_0","event":"message","data":{"data":"b"}}`, "handler b", "handler c",
	})
}
