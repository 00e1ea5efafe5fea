package runtime

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// A watchdog looks after the turns of all extensions of a host, on one
// goroutine, so that a turn costs no timer. While no turn has been running for
// a while it sleeps without a tick.
type watchdog struct {
	warn, limit time.Duration
	heap        *heapWatch

	asleep atomic.Bool
	wake   chan struct{}

	mu      sync.Mutex
	watched map[*Extension]struct{}
}

func newWatchdog(warn, limit time.Duration, heap *heapWatch) *watchdog {
	return &watchdog{warn: warn, limit: limit, heap: heap, wake: make(chan struct{}, 1), watched: make(map[*Extension]struct{})}
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
	clock := time.NewTimer(w.period())
	defer clock.Stop()
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
		clock.Reset(w.period())
		select {
		case <-clock.C:
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
// of its limit late. It is shorter where the heap may pass its limit sooner.
func (w *watchdog) period() time.Duration {
	period := min(max(min(w.warn, w.limit)/4, time.Millisecond), 250*time.Millisecond)
	if w.heap.limit > 0 {
		period = min(period, w.heap.pace())
	}
	return period
}

// check looks at every extension once, and at the heap, and reports whether any
// turn is running, or something else to be looked at.
func (w *watchdog) check() (running bool) {
	all := w.extensions()
	w.heap.look(all)
	for _, e := range all {
		where, elapsed, due := e.vm.stopwatch.check(w.warn, w.limit)
		running = running || due != between
		switch due {
		case slow:
			e.host.spawn(func() { e.warnSlow(where, elapsed) })
		case tooLong:
			e.crash(where, elapsed)
		}
	}
	return running || w.heap.waiting()
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
