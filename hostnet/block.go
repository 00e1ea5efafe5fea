package hostnet

import "sync"

const (
	// blockBytes is what is gathered of small messages before it is written, and
	// a little more.
	blockBytes = 64<<10 + keptBytes

	// largeBlockBytes is the same for messages that are longer than that: a
	// fourth of the system calls.
	largeBlockBytes = 256<<10 + keptBytes
)

// A block is memory for what passes through a connection: messages are received
// into one and gathered in another, by connections that have something to
// receive or to send at the moment.
type block [blockBytes]byte

// A largeBlock is one for messages which are no shorter, so that it never is
// most of the memory that they take.
type largeBlock [largeBlockBytes]byte

// Blocks are what the connections of a namespace share. Any goroutine may use
// them. A nil *blocks makes every block anew.
type blocks struct{ free, freeLarge sync.Pool }

func (b *blocks) get() *block {
	if b != nil {
		if free, ok := b.free.Get().(*block); ok {
			return free
		}
	}
	return new(block)
}

func (b *blocks) getLarge() *largeBlock {
	if b != nil {
		if free, ok := b.freeLarge.Get().(*largeBlock); ok {
			return free
		}
	}
	return new(largeBlock)
}

// put takes a block back that nobody uses any more.
func (b *blocks) put(used *block) {
	if b != nil && used != nil {
		b.free.Put(used)
	}
}

func (b *blocks) putLarge(used *largeBlock) {
	if b != nil && used != nil {
		b.freeLarge.Put(used)
	}
}
