package runtime_test

import (
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// listening makes the log of replies, and send, which says whether it threw.
const listening = `
	globalThis.__resolveRpc = ({ id, ...rest }) => console.log(typeof id, id, JSON.stringify(rest));
	const send = (data, channel = "rpc") => { try { sendMessage(channel, data) } catch (e) { console.log("thrown:", e.code ?? e.name, e.message) } };
`

func TestEnvelopes(t *testing.T) {
	const deep = `"[".repeat(5001)`
	tests := map[string]struct{ script, want string }{
		"text":                 {`send(JSON.stringify({ id: "7", method: "probe.ask", params: {} }))`, `string 7 {"result":{"ok":true}}`},
		"value":                {`send({ id: "7", method: "probe.ask", params: {} })`, `string 7 {"result":{"ok":true}}`},
		"no params":            {`send('{"id":"7","method":"probe.ask"}')`, `string 7 {"result":{"ok":true}}`},
		"params null":          {`send('{"id":"7","method":"probe.ask","params":null}')`, `string 7 {"result":{"ok":true}}`},
		"extra keys":           {`send('{"jsonrpc":"2.0","id":"7","method":"probe.ask","more":[{}]}')`, `string 7 {"result":{"ok":true}}`},
		"numeric id":           {`send('{"id":1000000,"method":"probe.ask"}')`, `string 1000000 {"result":{"ok":true}}`},
		"numeric id, value":    {`send({ id: 1000000, method: "probe.ask" })`, `string 1000000 {"result":{"ok":true}}`},
		"empty id":             {`send('{"id":"","method":"probe.ask"}')`, `string  {"result":{"ok":true}}`},
		"id of every object":   {`send('{"id":"__proto__","method":"probe.ask"}')`, `string __proto__ {"result":{"ok":true}}`},
		"no method":            {`send('{"id":"7"}')`, `string 7 {"error":"a call needs a method, a string","code":"ERR_INVALID_DATA"}`},
		"method no text":       {`send({ id: "7", method: 5 })`, `string 7 {"error":"a call needs a method, a string","code":"ERR_INVALID_DATA"}`},
		"empty method":         {`send('{"id":"7","method":""}')`, `string 7 {"error":" is not available in this host","code":"ERR_NOT_AVAILABLE"}`},
		"params an array":      {`send('{"id":"7","method":"probe.ask","params":[1]}')`, `string 7 {"error":"probe.ask: the params must be an object","code":"ERR_INVALID_DATA"}`},
		"params a text":        {`send({ id: "7", method: "probe.ask", params: "x" })`, `string 7 {"error":"probe.ask: the params must be an object","code":"ERR_INVALID_DATA"}`},
		"too deep":             {`send('{"id":"7","method":"probe.ask","params":' + ` + deep + `)`, `string 7 {"error":"the params of the call are not data: nested deeper than 5000 levels","code":"ERR_INVALID_DATA"}`},
		"cut off":              {`send('{"id":"7","method":"probe.ask","params":{"a":')`, `string 7 {"error":"the params of the call are not data: unexpected EOF","code":"ERR_INVALID_DATA"}`},
		"too many values":      {`send('{"id":"7","method":"probe.ask","params":{"a":[' + "0,".repeat(1 << 22) + "0]}}")`, `string 7 {"error":"the params of the call are not data: more than 4194304 values","code":"ERR_INVALID_DATA"}`},
		"too deep, id behind":  {`send('{"params":' + ` + deep + ` + ',"id":"7"}')`, `thrown: TypeError sendMessage: a call needs an id, a string or a number`},
		"no id":                {`send('{"method":"probe.ask","params":{}}')`, `thrown: TypeError sendMessage: a call needs an id, a string or a number`},
		"id no text":           {`send({ id: { toString: () => "7" }, method: "probe.ask" })`, `thrown: TypeError sendMessage: a call needs an id, a string or a number`},
		"empty text":           {`send("")`, `thrown: TypeError sendMessage: data is no JSON text: unexpected EOF`},
		"no JSON":              {`send("nonsense")`, `thrown: TypeError sendMessage: data is no JSON text: invalid character 'o' in literal null (expecting 'u')`},
		"two values":           {`send('{"id":"7"} 2')`, `thrown: TypeError sendMessage: data is no JSON text: more than one value`},
		"an array":             {`send("[1]")`, `thrown: TypeError sendMessage: a call needs an id, a string or a number`},
		"nothing":              {`send()`, `thrown: TypeError sendMessage: data must be an object or a JSON text`},
		"a number":             {`send(5)`, `thrown: TypeError sendMessage: data must be an object or a JSON text`},
		"a getter that throws": {`send({ get id() { throw new RangeError("mine") } })`, `thrown: RangeError mine`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, w := newProbe(t, func(call *rpc.Call) { call.Reply(rpc.Object{{Name: "ok", Value: true}}) })
			w.Run(listening + test.script)
			compareLines(t, w.Lines(), []string{test.want})
		})
	}
}

// TestRefusedCallIsAnError has nothing of Go in it, which all extensions share.
func TestRefusedCallIsAnError(t *testing.T) {
	_, w := newProbe(t, func(call *rpc.Call) { call.Reply(nil) })
	w.Run(`
		const same = () => sendMessage("rpc", { id: "1", method: "probe.ask" });
		same();
		try { same() } catch (e) {
			console.log(e instanceof Error, e.name, String(e).slice(0, 13), e.stack.slice(0, 13), e.code, Reflect.ownKeys(e).sort().join());
		}
	`)
	compareLines(t, w.Lines(), []string{"true Error Error: a call Error: a call ERR_INVALID_DATA code,message,name,stack"})
}

func TestTextParams(t *testing.T) {
	p, w := newProbe(t, nil)
	w.Run(listening + `send(JSON.stringify({ id: "7", method: "probe.ask", params: { z: [1, { a: "ä\ud800" }], b: null, a: false } }))`)
	want := rpc.Object{{Name: "z", Value: []any{1.0, rpc.Object{{Name: "a", Value: "ä\ufffd"}}}}, {Name: "b", Value: nil}, {Name: "a", Value: false}}
	if len(p.params) != 1 || !reflect.DeepEqual(p.params[0], want) {
		t.Errorf("got %#v", p.params)
	}
}

// TestMessagesThatLeadNowhere are told to the log, once of each kind.
func TestMessagesThatLeadNowhere(t *testing.T) {
	var log strings.Builder
	w := runtimetest.New(t, runtime.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	ext := w.Run(listening + `
		for (let i = 0; i < 3; i++) { send("{}", "no such channel"); send("{}", "toString"); send(undefined, undefined); send("nonsense"); send("{}") }
		send({}, "lifecycleComplete"); send("nonsense", "lifecycleComplete"); send(undefined, "lifecycleComplete");
	`)
	w.Stop(ext)
	if got := strings.Count(log.String(), "level=WARN"); got != 2 {
		t.Errorf("%d warnings, want 2:\n%s", got, log.String())
	}
	for _, want := range []string{`msg="message on an unknown channel ignored" extension=test fault=bad_message channel="no such channel"`, `msg="message that can't be understood refused" extension=test fault=bad_message reason="data must be an object or a JSON text"`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s:\n%s", want, log.String())
		}
	}
}

// TestReplyShapes looks at what a reply to the published SDK has.
func TestReplyShapes(t *testing.T) {
	tests := map[string]struct {
		answer func(*rpc.Call)
		want   string
	}{
		"void":         {func(call *rpc.Call) { call.Reply(nil) }, `{"result":null}`},
		"empty":        {func(call *rpc.Call) { call.Reply("") }, `{"result":""}`},
		"false":        {func(call *rpc.Call) { call.Reply(false) }, `{"result":false}`},
		"data":         {func(call *rpc.Call) { call.Reply(map[string]any{"a": []any{1, "b"}}) }, `{"result":{"a":[1,"b"]}}`},
		"error":        {func(call *rpc.Call) { call.Fail(&rpc.Error{Message: "no"}) }, `{"error":"no"}`},
		"silent error": {func(call *rpc.Call) { call.Fail(&rpc.Error{Code: "ERR_X"}) }, `{"error":"the host gave no reason","code":"ERR_X"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, w := newProbe(t, test.answer)
			w.Run(listening + `send('{"id":"1","method":"probe.ask","params":{}}')`)
			compareLines(t, w.Lines(), []string{"string 1 " + test.want})
		})
	}
}
