package hostnet

import "sync"

// A credit bounds what is between one socket and its handlers. Any goroutine
// may use it.
type credit struct {
	maxEvents int
	maxBytes  int64

	mu       sync.Mutex
	freed    sync.Cond
	events   int
	bytes    int64
	paused   bool
	released bool
}

func newCredit(maxEvents int, maxBytes int64) *credit {
	c := &credit{maxEvents: maxEvents, maxBytes: maxBytes}
	c.freed.L = &c.mu
	return c
}

// take waits until an event of size bytes may pass, and reports whether it may:
// not once release was called. An event above the bound passes alone.
func (c *credit) take(size int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.released && (c.paused || c.events >= c.maxEvents || c.events > 0 && c.bytes+size > c.maxBytes) {
		c.freed.Wait()
	}
	if c.released {
		return false
	}
	c.events++
	c.bytes += size
	return true
}

// waiting is how many events have passed and are not handled so far.
func (c *credit) waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.events
}

// give returns what take took.
func (c *credit) give(size int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events--
	c.bytes -= size
	c.freed.Signal()
}

// pause lets no event pass, or lets them pass again, whatever room there is.
func (c *credit) pause(paused bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paused = paused
	c.freed.Signal()
}

// release ends every take, now and from now on: the messages that come are not
// wanted any more.
func (c *credit) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.released = true
	c.freed.Signal()
}
