package hostnet

import (
	"sync"

	"github.com/srcnexus/extrun/runtime/rpc"
)

const (
	// batchBytes is how much is written before its senders are answered.
	batchBytes = 64 << 10

	// sendCost is what a send counts at least, in bytes, as Options says.
	sendCost = 16
)

// An outbox holds what a connection has still to send, in order: messages, and
// behind them the Close frame. Any goroutine may put something in, which never
// blocks; the connection's writer takes out.
type outbox struct {
	max int64

	mu      sync.Mutex
	filled  sync.Cond
	sends   []outgoing
	size    int64 // bytes of the sends that wait or are being written
	cost    int64 // what these count against max
	pinging bool
	ponging bool
	pong    []byte // payload of the ping that is to be answered
	closing []byte // the Close frame; nil while the connection is open
	cut     bool   // end the stream behind the Close frame
	sent    bool   // the Close frame was written
	ended   bool   // nothing is taken out any more
}

// An outgoing is one message, and the call that is answered once it was written.
type outgoing struct {
	opcode byte
	data   []byte
	call   *rpc.Call
	end    int64 // the place in the stream where its frame ends, once it was written
}

func (o outgoing) cost() int64 { return max(int64(len(o.data)), sendCost) }

// A batch is what the writer writes next.
type batch struct {
	control []byte // frames before the sends
	sends   []outgoing
	closing []byte // the Close frame behind everything, or nil
	cut     bool   // the stream ends there
	last    bool   // nothing else waits
}

func newOutbox(max int64) *outbox {
	o := &outbox{max: max}
	o.filled.L = &o.mu
	return o
}

// send queues a message. Where it doesn't, the code says why: CodeClosed, or
// CodeBufferFull because of what was counted.
func (o *outbox) send(message outgoing) (refused string, counted int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.closing != nil || o.ended:
		return CodeClosed, 0
	case o.cost+message.cost() > o.max:
		return CodeBufferFull, o.cost
	}
	o.sends = append(o.sends, message)
	o.size += int64(len(message.data))
	o.cost += message.cost()
	o.filled.Signal()
	return "", 0
}

// buffered is how many bytes wait or are being written.
func (o *outbox) buffered() int64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.size
}

// askPing queues a ping.
func (o *outbox) askPing() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pinging = true
	o.filled.Signal()
}

// askPong queues the answer to a ping. Of several that wait only the last is
// answered, as RFC 6455 §5.5.3 allows.
func (o *outbox) askPong(payload []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ponging, o.pong = true, append(o.pong[:0], payload...)
	o.filled.Signal()
}

// close queues a Close frame with this payload behind the sends that wait,
// unless there is one. Nothing can be sent from here on.
func (o *outbox) close(payload []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queueClose(payload)
}

// hurry drops the sends that wait and returns them, so that the Close frame is
// next: the one that was queued, else one with this payload. cut ends the
// stream behind it.
func (o *outbox) hurry(payload []byte, cut bool) []outgoing {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queueClose(payload)
	o.cut = cut
	return o.drop()
}

// abort drops the sends that wait and returns them. The writer gets nothing
// more.
func (o *outbox) abort() []outgoing {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ended = true
	o.filled.Signal()
	return o.drop()
}

// closeSent reports whether the Close frame is with the operating system.
func (o *outbox) closeSent() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sent
}

// next waits for something to write. It reports false once there is nothing
// more to come.
func (o *outbox) next() (batch, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for !o.ended && !o.pinging && !o.ponging && len(o.sends) == 0 && o.closing == nil {
		o.filled.Wait()
	}
	if o.ended {
		return batch{}, false
	}
	b := batch{control: o.takeControl(), sends: o.takeSends()}
	if b.last = len(o.sends) == 0; b.last && o.closing != nil {
		b.closing, b.cut, o.ended = o.closing, o.cut, true
	}
	return b, true
}

// done frees the room that a batch took, once it was written or given up.
func (o *outbox) done(b batch) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.free(b.sends)
	o.sent = b.closing != nil
}

func (o *outbox) queueClose(payload []byte) {
	if o.closing == nil && !o.ended {
		o.closing = controlFrame(opClose, payload)
		o.filled.Signal()
	}
}

func (o *outbox) takeControl() []byte {
	var frames []byte
	if o.ponging {
		frames = append(frames, controlFrame(opPong, o.pong)...)
	}
	if o.pinging {
		frames = append(frames, controlFrame(opPing, nil)...)
	}
	o.ponging, o.pinging = false, false
	return frames
}

func (o *outbox) takeSends() []outgoing {
	size, n := 0, 0
	for n < len(o.sends) && size < batchBytes {
		size += len(o.sends[n].data) + sendCost
		n++
	}
	taken := o.sends[:n:n]
	o.sends = o.sends[n:]
	if len(o.sends) == 0 {
		o.sends = nil
	}
	return taken
}

func (o *outbox) drop() []outgoing {
	dropped := o.sends
	o.sends = nil
	o.free(dropped)
	return dropped
}

func (o *outbox) free(sends []outgoing) {
	for _, message := range sends {
		o.size -= int64(len(message.data))
		o.cost -= message.cost()
	}
}
