package runtime

import (
	"container/heap"
	"sync/atomic"
	"time"
)

// A timer calls fire once it is due, and again every interval if it repeats.
type timer struct {
	due     time.Time
	seq     uint64        // orders timers that are due at the same time
	repeat  time.Duration // 0: once
	fire    func()
	place   int // index in the heap, -1 outside it
	cleared bool

	background bool // doesn't keep the loop from being idle
}

// timers are the timers of one loop, and belong to its goroutine. Timers that
// are due run in the order of their times, those of one time in the order in
// which they were set.
type timers struct {
	byTime     timerHeap
	seq        uint64
	background int          // how many of them are
	waiting    atomic.Int64 // how many of them are not
}

// set adds a timer that fires after a time, and every repeat from then on
// unless that is 0.
func (ts *timers) set(after, repeat time.Duration, fire func()) *timer {
	t := &timer{repeat: repeat, fire: fire}
	ts.schedule(t, time.Now().Add(after))
	return t
}

// setBackground adds a timer of the host's own that fires once, and for whose
// sake nobody has to wait.
func (ts *timers) setBackground(after time.Duration, fire func()) *timer {
	t := &timer{fire: fire, background: true}
	ts.background++
	ts.schedule(t, time.Now().Add(after))
	return t
}

// idle reports whether only timers are left that nobody has to wait for.
func (ts *timers) idle() bool { return len(ts.byTime) == ts.background }

// clear stops a timer. One that has fired or was cleared before is ignored.
func (ts *timers) clear(t *timer) {
	t.cleared = true
	if t.place >= 0 {
		heap.Remove(&ts.byTime, t.place)
		ts.left(t)
	}
}

// clearAll drops all timers.
func (ts *timers) clearAll() {
	ts.byTime, ts.background = nil, 0
	ts.count()
}

// left counts a timer that has left the heap.
func (ts *timers) left(t *timer) {
	if t.background {
		ts.background--
	}
	ts.count()
}

// next returns when the first timer is due, if there is one.
func (ts *timers) next() (due time.Time, waiting bool) {
	if len(ts.byTime) == 0 {
		return time.Time{}, false
	}
	return ts.byTime[0].due, true
}

// runDue runs the timers that are due at now, until ended says to stop. Those
// that they set run in a later call, even with no delay.
func (ts *timers) runDue(now time.Time, ended *atomic.Bool) {
	newest := ts.seq
	for len(ts.byTime) > 0 && !ended.Load() {
		if first := ts.byTime[0]; first.due.After(now) || first.seq > newest {
			return
		}
		t := heap.Pop(&ts.byTime).(*timer)
		ts.left(t)
		t.fire()
		if t.repeat > 0 && !t.cleared {
			ts.schedule(t, time.Now().Add(t.repeat))
		}
	}
}

func (ts *timers) schedule(t *timer, due time.Time) {
	ts.seq++
	t.due, t.seq = due, ts.seq
	heap.Push(&ts.byTime, t)
	ts.count()
}

// count tells other goroutines how many timers are set that a script waits for.
func (ts *timers) count() { ts.waiting.Store(int64(len(ts.byTime) - ts.background)) }

// timerHeap implements heap.Interface.
type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }

func (h timerHeap) Less(i, j int) bool {
	if !h[i].due.Equal(h[j].due) {
		return h[i].due.Before(h[j].due)
	}
	return h[i].seq < h[j].seq
}

func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.place = len(*h)
	*h = append(*h, t)
}

func (h *timerHeap) Pop() any {
	last := len(*h) - 1
	t := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	t.place = -1
	return t
}
