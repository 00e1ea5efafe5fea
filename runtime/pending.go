package runtime

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A pendingKey tells a call without an answer from all others of its extension,
// but for those that are a [promisedCall].
type pendingKey struct {
	resolver *goja.Object // what takes the reply; nil: whatever does by then
	id       string
	web      int64 // the number of a call of the web's globals; 0 for all others
}

// A pendingCall is one without an answer.
type pendingCall struct {
	*rpc.Call
	number int64
}

// maxPending is how many calls of one extension may wait for their answers.
const maxPending = 1 << 18

var errTooMany = &rpc.Error{Code: "ERR_LIMIT", Message: fmt.Sprintf("%d calls wait for their answers already: await some of them first", maxPending)}

// serve hands a call to the router and sees to its answer.
func (b *bridge) serve(r request) {
	key := b.claim(r)
	b.begin(r, key, func(result any, err error) {
		b.ext.loop.post(func() { b.settle(key, r, result, err) })
	})
}

// begin hands the call with that key to the router. answered must settle it.
func (b *bridge) begin(r request, key pendingKey, answered func(result any, err error)) {
	call := rpc.NewCall(b.ext.ctx, r.method, r.params, answered)
	b.pending[key] = pendingCall{call, b.count()}
	b.farewells.begin(r)
	b.hand(call, r.err)
}

// count counts a call, and returns its number.
func (b *bridge) count() int64 {
	b.ext.calls.Add(1)
	b.calls++
	return b.calls
}

// hand gives a call to the router, unless there is a reason to refuse it.
func (b *bridge) hand(call *rpc.Call, refusal error) {
	if refusal != nil {
		call.Fail(refusal)
		return
	}
	b.ext.router.Serve(call)
}

// unanswered is how many calls have no answer.
func (b *bridge) unanswered() int { return len(b.pending) + len(b.promised.waiting) }

// claim takes the call's id until its answer has been given. What it refuses
// is thrown at the caller, whose promise rejects with it: a reply couldn't tell
// two calls with the same id apart.
func (b *bridge) claim(r request) pendingKey {
	b.admit()
	if !r.hasID {
		panic(b.unreadable("a call needs an id, a string or a number"))
	}
	key := pendingKey{resolver: b.takesReplies(), id: r.id}
	if _, taken := b.pending[key]; taken {
		b.warnOnce("two calls with the same id refused: are there two copies of the SDK in the script?")
		text := fmt.Sprintf("a call with the id %s waits for its answer already: are there two copies of the SDK in the script?", r.id)
		panic(b.vm.failure(&rpc.Error{Code: rpc.CodeInvalidData, Message: text}))
	}
	return key
}

// admit throws at the caller if no call can be taken any more.
func (b *bridge) admit() {
	if b.ext.ctx.Err() != nil {
		panic(b.vm.failure(errEnding))
	}
	if b.unanswered() >= maxPending {
		panic(b.vm.failure(errTooMany))
	}
}

// settle answers a call, in a turn of its own.
func (b *bridge) settle(key pendingKey, r request, result any, err error) {
	delete(b.pending, key)
	b.ext.calls.Add(-1)
	b.beforeReply(r)
	b.farewells.end(r)
	b.reply(key, r.method, result, err)
	if err == nil {
		b.afterReply(r, result)
	}
	b.settled()
}

// settled is called after each answer.
func (b *bridge) settled() {
	if b.unanswered() == 0 {
		b.endIntroductions()
	}
}

// reply tells JavaScript what came of a call.
func (b *bridge) reply(key pendingKey, method string, result any, err error) {
	if key.web != 0 {
		b.answerWeb(key, method, result, err)
		return
	}
	b.vm.turn(place{"the reply to", method}, func() error {
		envelope := b.vm.js.NewObject()
		envelope.Set("id", key.id)
		if err == nil {
			envelope.Set("result", b.vm.toJS(result))
		} else {
			describe(envelope, err)
		}
		return b.sendReply(key.resolver, envelope)
	})
}

// describe puts an error into a reply. The text is never empty, for an empty
// one means success.
func describe(envelope *goja.Object, err error) {
	envelope.Set("error", reasonOf(err))
	code := rpc.Code(err)
	if code != "" {
		envelope.Set("code", code)
	}
	if code == rpc.CodeAborted {
		envelope.Set("name", "AbortError")
	}
}

func reasonOf(err error) string {
	if text := err.Error(); text != "" {
		return text
	}
	return "the host gave no reason"
}

// cancel ends the contexts of the calls with an id. They are answered all the
// same.
func (b *bridge) cancel(id string) {
	for key, call := range b.pending {
		if key.id == id && key.web == 0 {
			call.Cancel()
		}
	}
}

// rejectPending rejects what is still unanswered when the extension ends, in the
// order of the calls, so that whoever awaits it in JavaScript comes to its end.
// Where nobody awaits it, as is usual for a send, nobody is told either.
func (b *bridge) rejectPending() {
	if b.vm.dead.Load() {
		return
	}
	b.vm.ending = true
	type unanswered struct {
		number int64
		reject func()
	}
	all := make([]unanswered, 0, b.unanswered())
	for key, call := range b.pending {
		all = append(all, unanswered{call.number, func() { b.reply(key, call.Method, nil, errEnding) }})
	}
	for _, c := range b.promised.waiting {
		all = append(all, unanswered{c.number, func() { c.settle(nil, errEnding) }})
	}
	b.pending, b.promised = nil, promisedCalls{}
	slices.SortFunc(all, func(a, b unanswered) int { return cmp.Compare(a.number, b.number) })
	for _, call := range all {
		call.reject()
	}
}
