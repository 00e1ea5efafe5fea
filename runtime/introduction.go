package runtime

import (
	"slices"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// maxIntroduction is how long the first events of a connection may wait for
// their handlers, as long as the extension waits for answers to its calls.
const maxIntroduction = time.Second

// methodConnect begins a connection; its reply has the connection's id.
const methodConnect = "network.wsConnect"

// An introduction is the time between the reply that opens a connection and the
// handlers for its events. The published SDK keeps no events: what comes before
// the extension has called onMessage is lost, and an extension that awaits the
// answer to another call first would miss its server's greeting. So the events
// of such a connection are held, in their order, until a turn leaves no call
// unanswered, or for maxIntroduction at most. The sessions' own bound on events
// that wait holds for them as for all others. The built-in SDK, which is known
// by its envelopes being values, keeps events itself.
type introduction struct {
	connection string
	held       []rpc.Event
	limit      *timer
}

// afterReply begins the introduction of a connection, unless the turn of the
// reply has left nothing to wait for: then its handlers are there.
func (b *bridge) afterReply(r request, result any) {
	if !r.text || r.method != methodConnect || b.unanswered() == 0 {
		return
	}
	if id, ok := connectionID(result); ok {
		in := &introduction{connection: id}
		in.limit = b.ext.loop.timers.setBackground(maxIntroduction, func() { b.endIntroduction(in) })
		b.introductions = append(b.introductions, in)
	}
}

// beforeReply ends the introduction of a connection that the extension has
// closed: the close event comes before the reply, with which the handlers go.
func (b *bridge) beforeReply(r request) {
	if id, ok := farewell(r); ok {
		if i := b.introduced(id); i >= 0 {
			b.endIntroduction(b.introductions[i])
		}
	}
}

// holds keeps an event if its connection is still being introduced.
func (b *bridge) holds(event rpc.Event) bool {
	i := b.introduced(event.Connection)
	if i < 0 {
		return false
	}
	b.introductions[i].held = append(b.introductions[i].held, event)
	return true
}

func (b *bridge) introduced(connection string) int {
	return slices.IndexFunc(b.introductions, func(in *introduction) bool { return in.connection == connection })
}

// endIntroductions ends all of them, in the order in which they began.
func (b *bridge) endIntroductions() {
	for len(b.introductions) > 0 {
		b.endIntroduction(b.introductions[0])
	}
}

// endIntroduction delivers what was held. As between any two tasks of the loop,
// the extension may be ended in between.
func (b *bridge) endIntroduction(in *introduction) {
	loop := b.ext.loop
	loop.timers.clear(in.limit)
	b.introductions = slices.DeleteFunc(b.introductions, func(other *introduction) bool { return other == in })
	for _, event := range in.held {
		if loop.ended.Load() {
			return
		}
		b.ext.handOver(event)
		loop.runUrgent()
	}
}

// connectionID finds the id in the reply that opens a connection.
func connectionID(result any) (string, bool) {
	switch result := result.(type) {
	case rpc.Object:
		return result.Text("connectionId")
	case map[string]any:
		id, ok := result["connectionId"].(string)
		return id, ok
	}
	return "", false
}
