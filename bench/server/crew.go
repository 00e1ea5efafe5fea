package main

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A crew is the members that are connected.
type crew struct {
	mu      sync.Mutex
	members map[*member]struct{}
}

// A member is one client of a drill.
type member struct {
	*conn
	role    atomic.Int32
	echoed  atomic.Int64   // messages while the role is to count
	answers chan time.Time // when messages came while the role is to answer
}

// What a member's goroutine does with what comes.
const (
	toEcho   int32 = iota // send it back
	toCount               // send it back and count it
	toAnswer              // tell the drill when it came
	toDrop                // nothing
)

// serve serves a member until it is gone.
func (c *crew) serve(conn *conn) {
	m := &member{conn: conn, answers: make(chan time.Time, 1)}
	c.mu.Lock()
	if c.members == nil {
		c.members = make(map[*member]struct{})
	}
	c.members[m] = struct{}{}
	c.mu.Unlock()
	m.serve()
	c.mu.Lock()
	delete(c.members, m)
	c.mu.Unlock()
}

// all returns the members that are connected.
func (c *crew) all() []*member {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Keys(c.members))
}

// await returns the members when there are n, or for too long there are not.
func (c *crew) await(n int) []*member {
	end := time.Now().Add(10 * time.Second)
	for {
		if members := c.all(); len(members) >= n || time.Now().After(end) {
			return members
		}
		time.Sleep(time.Millisecond)
	}
}

func (m *member) serve() {
	for !m.over {
		messages, err := m.read()
		if err != nil || m.take(messages) != nil {
			return
		}
	}
}

// take does what the member's role asks for with what was read.
func (m *member) take(messages int) error {
	switch m.role.Load() {
	case toAnswer:
		if messages > 0 {
			m.tell()
		}
		return nil
	case toDrop:
		return nil
	case toCount:
		m.echoed.Add(int64(messages))
	}
	return m.answer()
}

// tell tells the drill that an answer has come, unless it has given up waiting.
func (m *member) tell() {
	select {
	case m.answers <- time.Now():
	default:
	}
}
