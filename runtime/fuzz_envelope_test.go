package runtime_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// postScript sends what it is told to, in every form that it can have, and shows
// what came of it: what was thrown, or the replies.
const postScript = `
	let replies = [];
	globalThis.__resolveRpc = (reply) => { replies.push(reply); };
	const post = (channel, data) => {
		try { return { sent: sendMessage(channel, data) === undefined }; } catch (e) { return { thrown: e.name, message: e.message, coded: e.code !== undefined }; }
	};
	globalThis.__pushEvent = ({ event, data: { channel, text } }) => {
		if (event === "show") { console.log(JSON.stringify({ outcome: globalThis.outcome, replies })); replies = []; return; }
		if (event === "value" || event === "again") {
			let value;
			try { value = JSON.parse(text); } catch { globalThis.outcome = null; return; }
			if (typeof value !== "object" || value === null) { globalThis.outcome = null; return; }
			globalThis.outcome = post(channel, event === "value" ? value : JSON.stringify(value));
			return;
		}
		globalThis.outcome = post(channel, text);
	};`

// An effect is what a message on the bridge led to.
type effect struct {
	Outcome *struct {
		Sent    bool
		Thrown  string
		Message string
		Coded   bool
	}
	Replies []map[string]any
	params  []rpc.Object // of the calls that reached the host
}

// FuzzEnvelopes sends texts and the values that they stand for on every channel
// of a real bridge. Each call must be answered once, or thrown back with a word
// in the log; a value and its text must lead to the same; and the extension and
// its host must be as well as before.
func FuzzEnvelopes(f *testing.F) {
	channels := []string{"rpc", "cancel", "commandResult", "lifecycleComplete", "query", "", "toString"}
	for _, seed := range []string{
		``, `{`, `{}`, `[]`, `null`, `7`, `"onLoad"`, `onDispose`, `{"phase":"onDispose","error":{"message":"x"}}`,
		`{"id":"1","method":"probe.ask","params":{"a":[1,{"b":"c"}],"d":null}}`, `{"id":1.5,"method":"probe.ask"}`, `{"id":1e21,"method":"probe.ask","params":{}}`,
		`{"id":"1","method":"network.wsSend","params":{"connectionId":"other_ws_0"}}`, `{"id":"1","method":7}`, `{"id":"1","method":"probe.ask","params":[]}`,
		`{"method":"probe.ask"}`, `{"id":"__proto__","method":"constructor","params":{"__proto__":{"x":1}}}`, `{"execId":"1","result":1}`, `{"execId":1,"error":"no"}`,
		`{"id":"1","id":"2","method":"probe.ask"}`, `{"id":"1","method":"probe.ask","params":{"n":-0,"m":123456789012345678901234567890,"k":1e400}}`,
		`{"id":"1","method":"probe.ask","params":{"t":"\ud800 \u0000"}} {}`, `{"id":"1","method":"probe.ask","params":{"a":`,
	} {
		for i := range channels {
			f.Add(seed, byte(i))
		}
	}
	post := newPost(f)
	f.Fuzz(func(t *testing.T, text string, channel byte) {
		if !utf8.ValidString(text) {
			return
		}
		name := channels[int(channel)%len(channels)]
		post.check(t, name, text, post.send(t, "text", name, text))
		value, again := post.send(t, "value", name, text), post.send(t, "again", name, text)
		post.check(t, name, text, value)
		if name == "rpc" && value.Outcome != nil && !value.same(again) {
			t.Fatalf("%q as a value: %+v %v; as a text: %+v %v", text, value, value.params, again, again.params)
		}
	})
}

// A post is an extension that sends messages for a test.
type post struct {
	probe *probe
	ext   *runtime.Extension
	shown chan string
	log   lockedBuffer
}

// asked is a probe that never fails.
type asked struct{ *probe }

func (asked) Methods() []string { return []string{"probe.ask"} }

func newPost(t testing.TB) *post {
	p := &post{probe: &probe{}, shown: make(chan string, 1)}
	host, err := runtime.NewHost(runtime.Options{
		Namespaces: []rpc.Namespace{asked{p.probe}},
		Logger:     slog.New(slog.NewTextHandler(&p.log, nil)),
		Console:    func(_ *runtime.Extension, _ runtime.ConsoleLevel, text string) { p.shown <- text },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { host.Close(context.Background()) })
	folder := runtimetest.Write(t, map[string]string{"post.js": postScript})
	if p.ext, err = host.Load(context.Background(), folder+"/post.js"); err != nil {
		t.Fatal(err)
	}
	return p
}

// send has the extension send a text, or what it stands for, and returns what
// came of it.
func (p *post) send(t *testing.T, form, channel, text string) (e effect) {
	t.Helper()
	p.probe.params = nil
	for _, event := range []string{form, "show"} {
		err := p.ext.PushEvent(t.Context(), event, map[string]any{"channel": channel, "text": text})
		if err == nil {
			err = p.ext.WaitIdle(t.Context())
		}
		if err != nil {
			t.Fatalf("%q on %q: %v", text, channel, err)
		}
	}
	shown := <-p.shown
	if err := json.Unmarshal([]byte(shown), &e); err != nil {
		t.Fatalf("%q on %q: %v in %q", text, channel, err, shown)
	}
	e.params = p.probe.params
	return e
}

// check judges one message by itself.
func (p *post) check(t *testing.T, channel, text string, e effect) {
	t.Helper()
	if e.Outcome == nil {
		return // it was never sent
	}
	switch {
	case p.ext.State() != runtime.Active:
		t.Fatalf("%q on %q: the extension is %v, %v", text, channel, p.ext.State(), p.ext.Err())
	case channel == "rpc" && e.Outcome.Sent != (len(e.Replies) == 1), channel != "rpc" && len(e.Replies) > 0:
		t.Fatalf("%q on %q: %+v, and %d replies", text, channel, e.Outcome, len(e.Replies))
	case e.Outcome.Thrown != "" && !e.Outcome.Coded && !strings.HasPrefix(e.Outcome.Message, "sendMessage: "):
		t.Fatalf("%q on %q: thrown %s: %s", text, channel, e.Outcome.Thrown, e.Outcome.Message)
	case e.Outcome.Thrown != "" && !e.Outcome.Coded && !strings.Contains(p.log.String(), "message that can't be understood refused"):
		t.Fatalf("%q on %q: the log says nothing of %s", text, channel, e.Outcome.Message)
	case strings.Contains(p.log.String(), "panic="):
		t.Fatalf("%q on %q: %s", text, channel, p.log.String())
	}
}

// same compares the effects of a value and of its text. What is wrong in one
// may be worded otherwise than in the other.
func (e effect) same(other effect) bool {
	return e.Outcome.Sent == other.Outcome.Sent && fmt.Sprint(e.ids()) == fmt.Sprint(other.ids()) && reflect.DeepEqual(e.plain(), other.plain())
}

func (e effect) ids() (ids []any) {
	for _, reply := range e.Replies {
		ids = append(ids, reply["id"], reply["code"])
	}
	return ids
}

// plain are the params as JSON says them.
func (e effect) plain() (all []any) {
	for _, params := range e.params {
		text, _ := params.MarshalJSON()
		var plain any
		json.Unmarshal(text, &plain)
		all = append(all, plain)
	}
	return all
}
