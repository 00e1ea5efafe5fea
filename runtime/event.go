package runtime

import (
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// eventArguments is how many arguments a function declares that wants an event
// of a connection as its id, the event's name and its data. Any other gets the
// one message of these three that the published SDK expects.
const eventArguments = 3

// A listener is what takes the events of connections, as far as it has to be
// asked only once.
type listener struct {
	function *goja.Object
	call     goja.Callable
	parts    bool // it wants an event in its parts
	id, name word
}

// A word is the JavaScript string that was last made of a text.
type word struct {
	text  string
	value goja.Value
}

// of is the value of a text, which is often the same as before.
func (w *word) of(v *vm, text string) goja.Value {
	if w.value == nil || w.text != text {
		w.text, w.value = text, v.js.ToValue(text)
	}
	return w.value
}

// pushWSEvent hands an event of a connection to the function that takes them at
// the moment: scripts may replace it. It runs within a turn.
func (b *bridge) pushWSEvent(event rpc.Event) error {
	return b.vm.enter(func() error {
		l := &b.listener
		function, ok := b.vm.js.GlobalObject().Get(fnPushWSEvent).(*goja.Object)
		if !ok {
			return nil
		}
		if function != l.function {
			l.become(function)
		}
		return l.push(b.vm, event)
	})
}

// push calls the function, if it is one.
func (l *listener) push(v *vm, event rpc.Event) (err error) {
	switch {
	case l.call == nil:
	case l.parts:
		_, err = l.call(goja.Undefined(), l.id.of(v, event.Connection), l.name.of(v, event.Name), v.toJS(event.Data))
	default:
		_, err = l.call(goja.Undefined(), v.object("connectionId", event.Connection, "event", event.Name, "data", event.Data))
	}
	return err
}

// become looks at a function for the first time.
func (l *listener) become(function *goja.Object) {
	length := function.Get("length")
	l.parts = length != nil && goja.IsNumber(length) && length.ToInteger() == eventArguments
	l.call, _ = goja.AssertFunction(function)
	l.function = function
}

// eventPlace says what the turn of an event runs, and costs nothing for the
// commonest.
func eventPlace(event rpc.Event) place {
	if event.Name == "message" {
		return place{"message event of", event.Connection}
	}
	return place{event.Name + " event of", event.Connection}
}
