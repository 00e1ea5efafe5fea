package hostnet

import "sync"

// blockBytes is what is gathered before it is written, and what the library may
// add to it at once.
const blockBytes = gatherBytes + 4<<10

// A block is memory for what passes through a connection: messages are received
// into one and gathered in another, by connections that have something to
// receive or to send at the moment.
type block [blockBytes]byte

// Blocks are what the connections of a namespace share. Any goroutine may use
// them. A nil *blocks makes every block anew.
type blocks struct{ free sync.Pool }

func (b *blocks) get() *block {
	if b != nil {
		if free, ok := b.free.Get().(*block); ok {
			return free
		}
	}
	return new(block)
}

// put takes a block back that nobody uses any more.
func (b *blocks) put(used *block) {
	if b != nil {
		b.free.Put(used)
	}
}
