package runtime

import (
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// Stats are an extension's numbers at one moment. Each is right by itself; they
// are not taken at the very same time.
type Stats struct {
	ID    string
	State State

	Turns        int64         // begun so far; the answer to a send that nobody awaits takes none
	InJavaScript time.Duration // in all turns, with the one that is running
	LongestTurn  time.Duration // so far, with the one that is running
	Running      string        // what the turn that is running runs; empty between turns

	Waiting int // events, replies and other tasks that JavaScript has not got to
	Calls   int // without an answer
	Timers  int // that are set

	Connections []rpc.Connection // open, in the order in which they were opened
	Requests    rpc.Requests     // over HTTP
}

// HostStats are a host's numbers at one moment.
type HostStats struct {
	Extensions []Stats // that have not ended, by id
	Zombies    int     // as Host.Zombies
	Heap       uint64  // bytes of the whole process's, with garbage not collected so far
	MaxHeap    int64   // the host's limit, 0 if there is none
}

// Stats returns the extension's numbers. It is cheap, never waits for
// JavaScript, and may be called from any goroutine.
func (e *Extension) Stats() Stats {
	s := Stats{
		ID: e.id, State: e.State(),
		Waiting: e.loop.waiting(), Calls: int(e.calls.Load()), Timers: int(e.loop.timers.waiting.Load()),
		Connections: e.router.Connections(),
		Requests:    e.router.Requests(),
	}
	e.vm.stopwatch.describe(&s)
	return s
}

// Stats returns the numbers of the host and its extensions. It is cheap, never
// waits for JavaScript, and may be called from any goroutine.
func (h *Host) Stats() HostStats {
	s := HostStats{Zombies: h.Zombies(), Heap: readHeap().objects, MaxHeap: h.options.MaxHeap}
	for _, e := range h.Extensions() {
		s.Extensions = append(s.Extensions, e.Stats())
	}
	return s
}

// describe fills in what the stopwatch knows.
func (s *stopwatch) describe(stats *Stats) {
	s.mu.Lock()
	where, begun := s.where, s.begun
	stats.Turns, stats.InJavaScript, stats.LongestTurn = s.turns, s.spent, s.longest
	s.mu.Unlock()
	if begun.IsZero() {
		return
	}
	took := time.Since(begun)
	stats.InJavaScript += took
	stats.LongestTurn = max(stats.LongestTurn, took)
	stats.Running = where.String()
}
