package runtime

import (
	"sync"
	"time"
)

// A stopwatch tells the watchdog how long the turn that is running has taken,
// and counts the turns. Any goroutine may ask it; it is never held for longer
// than it takes to read it.
type stopwatch struct {
	dog *watchdog

	mu      sync.Mutex
	where   place
	begun   time.Time // zero between turns
	warned  bool
	turns   int64
	spent   time.Duration // by the turns that are over
	longest time.Duration // of them
	meter   meter
}

func (s *stopwatch) start(where place) {
	s.mu.Lock()
	s.where, s.begun, s.warned = where, time.Now(), false
	s.turns++
	if s.dog.heap.near.Load() {
		s.startMeter()
	}
	s.mu.Unlock()
	s.dog.rouse()
}

func (s *stopwatch) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	took := time.Since(s.begun)
	s.begun = time.Time{}
	s.spent += took
	s.longest = max(s.longest, took)
	if s.meter.running {
		s.stopMeter(took)
	}
}

func (s *stopwatch) running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.begun.IsZero()
}

// turn says what runs, or has run last.
func (s *stopwatch) turn() (where place, running bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.where, !s.begun.IsZero()
}

// check returns what the turn that is running has coming, if anything: a
// warning, once, after warn, and its end after limit.
func (s *stopwatch) check(warn, limit time.Duration) (where place, elapsed time.Duration, due verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begun.IsZero() {
		return place{}, 0, between
	}
	elapsed = time.Since(s.begun)
	switch {
	case elapsed >= limit:
		return s.where, elapsed, tooLong
	case elapsed >= warn && !s.warned:
		s.warned = true
		return s.where, elapsed, slow
	}
	return s.where, elapsed, inTime
}

type verdict int

const (
	between verdict = iota // no turn is running
	inTime
	slow
	tooLong
)
