package runtime

import (
	"sync"
	"time"
)

// A heapShare shares out what the process's heap grows by among the turns that
// are metered at that time, in equal parts. Any goroutine may use it.
type heapShare struct {
	mu      sync.Mutex
	turns   int
	objects uint64 // the heap when it was last read
	each    uint64 // the part of a turn that was there all the time
}

// read returns the part of a turn up to now.
func (h *heapShare) read() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.part()
}

// join returns the part that isn't a turn's that begins.
func (h *heapShare) join() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	part := h.part()
	h.turns++
	return part
}

// leave is read at the end of a turn.
func (h *heapShare) leave() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	part := h.part()
	h.turns--
	return part
}

func (h *heapShare) part() uint64 {
	objects := readHeap().objects
	if h.turns > 0 && objects > h.objects {
		h.each += (objects - h.objects) / uint64(h.turns)
	}
	h.objects = objects
	return h.each
}

// A meter says how far the process's heap grew while one extension ran. Its
// stopwatch's lock protects it.
type meter struct {
	running bool
	since   uint64        // the turn's part when it was last read
	grown   uint64        // since the last collection of garbage, which may take it back
	held    uint64        // before that; it was still there afterwards
	ran     time.Duration // of the turns that are over
}

// startMeter begins a turn of which the meter is to know. The caller holds the lock.
func (s *stopwatch) startMeter() {
	s.meter.running, s.meter.since = true, s.dog.heap.share.join()
}

// stopMeter ends it. The caller holds the lock.
func (s *stopwatch) stopMeter(took time.Duration) {
	s.readMeter(s.dog.heap.share.leave())
	s.meter.running = false
	s.meter.ran += took
}

// readMeter adds what has come since the last reading. The caller holds the lock.
func (s *stopwatch) readMeter(part uint64) {
	s.meter.grown += part - s.meter.since
	s.meter.since = part
}

// total is what the extension is to blame for.
func (m meter) total() uint64 { return m.held + m.grown }

// keep settles what has grown after a collection of garbage that has left
// kept of each byte of all that had grown, and left of each byte before that.
func (m *meter) keep(kept, left float64) {
	m.held = uint64(float64(m.held)*left) + uint64(float64(m.grown)*kept)
	m.grown = 0
}

// meterFromNow meters the turn that is running, if there is one, from now on. What
// the heap has grown by before may be another extension's, whose turn is over.
func (s *stopwatch) meterFromNow() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.begun.IsZero() && !s.meter.running {
		s.startMeter()
	}
}

// growth is a copy of the meter, read at this moment if a turn is running.
func (s *stopwatch) growth() meter {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.meter.running {
		s.readMeter(s.dog.heap.share.read())
	}
	now := s.meter
	if !s.begun.IsZero() {
		now.ran += time.Since(s.begun)
	}
	return now
}

// keepGrowth settles the meter after a collection.
func (s *stopwatch) keepGrowth(kept, left float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.meter.keep(kept, left)
}

// settle tells the meters what a collection of garbage has left of the growth
// that they have counted. More than they counted is not theirs.
func settle(all []*Extension, before, now heapSize) {
	var grown uint64
	for _, e := range all {
		grown += e.vm.stopwatch.growth().grown
	}
	kept, left := 0.0, 1.0
	switch {
	case now.live < before.live:
		left = float64(now.live) / float64(before.live)
	case grown > 0:
		kept = min(1, float64(now.live-before.live)/float64(grown))
	}
	for _, e := range all {
		e.vm.stopwatch.keepGrowth(kept, left)
	}
}

// largestGrower is the extension during whose turns the heap has grown most,
// by least at least, or nil. Of those that come near it, one may only have been
// kept waiting in its turn by what the other made the machine do, so it is the
// one that has run longest; then that isn't sure.
func largestGrower(all []*Extension, least uint64) (found *Extension, sure bool) {
	most := least
	for _, e := range all {
		most = max(most, e.vm.stopwatch.growth().total())
	}
	var ran time.Duration
	for _, e := range all {
		m := e.vm.stopwatch.growth()
		if m.total() < max(least, most-most/10) {
			continue
		}
		sure = found == nil
		if found == nil || m.ran > ran {
			found, ran = e, m.ran
		}
	}
	return found, sure
}

// forgive acquits those that have grown less than half as much as the one that
// is to blame: they may only have run at the same time.
func forgive(all []*Extension, guilty *Extension) {
	much := guilty.vm.stopwatch.growth().total() / 2
	for _, e := range all {
		if e != guilty && e.vm.stopwatch.growth().total() < much {
			e.vm.stopwatch.keepGrowth(0, 0)
		}
	}
}
