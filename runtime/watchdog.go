package runtime

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// A stopwatch tells the watchdog how long the turn that is running has taken.
type stopwatch struct {
	mu     sync.Mutex
	where  place
	begun  time.Time // zero between turns
	warned bool
	dog    *watchdog
}

func (s *stopwatch) start(where place) {
	s.mu.Lock()
	s.where, s.begun, s.warned = where, time.Now(), false
	s.mu.Unlock()
	s.dog.rouse()
}

func (s *stopwatch) stop() {
	s.mu.Lock()
	s.begun = time.Time{}
	s.mu.Unlock()
}

func (s *stopwatch) running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.begun.IsZero()
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

// A watchdog looks after the turns of all extensions of a host, on one
// goroutine, so that a turn costs no timer. While no turn has been running for
// a while it sleeps without a tick.
type watchdog struct {
	warn, limit time.Duration

	asleep atomic.Bool
	wake   chan struct{}

	mu      sync.Mutex
	watched map[*Extension]struct{}
}

func newWatchdog(warn, limit time.Duration) *watchdog {
	return &watchdog{warn: warn, limit: limit, wake: make(chan struct{}, 1), watched: make(map[*Extension]struct{})}
}

func (w *watchdog) watch(e *Extension) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.watched[e] = struct{}{}
}

func (w *watchdog) forget(e *Extension) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.watched, e)
}

// rouse is called with each turn.
func (w *watchdog) rouse() {
	if !w.asleep.Load() || !w.asleep.CompareAndSwap(true, false) {
		return
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// run checks until ctx is done.
func (w *watchdog) run(ctx context.Context) {
	ticker := time.NewTicker(w.period())
	defer ticker.Stop()
	for {
		if !w.check() {
			w.asleep.Store(true)
			// A turn that began before asleep was set did not rouse us.
			if !w.check() {
				select {
				case <-w.wake:
				case <-ctx.Done():
					return
				}
			}
			w.settleAwake()
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// settleAwake makes sure that being awake is what rouse sees, and that no wake
// token is left of a turn that came in between.
func (w *watchdog) settleAwake() {
	w.asleep.Store(false)
	select {
	case <-w.wake:
	default:
	}
}

// period is a fraction of the shorter limit: a turn is ended at most a quarter
// of its limit late.
func (w *watchdog) period() time.Duration {
	return min(max(min(w.warn, w.limit)/4, time.Millisecond), 250*time.Millisecond)
}

// check looks at every extension once and reports whether any turn is running.
func (w *watchdog) check() (running bool) {
	for _, e := range w.extensions() {
		where, elapsed, due := e.vm.stopwatch.check(w.warn, w.limit)
		running = running || due != between
		switch due {
		case slow:
			e.host.spawn(func() { e.warnSlow(where, elapsed) })
		case tooLong:
			e.crash(where, elapsed)
		}
	}
	return running
}

func (w *watchdog) extensions() []*Extension {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make([]*Extension, 0, len(w.watched))
	for e := range w.watched {
		all = append(all, e)
	}
	return all
}
