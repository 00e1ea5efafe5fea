package runtime

import "time"

// A meter says how far the process's heap grew while one extension ran. Its
// stopwatch's lock protects it.
type meter struct {
	running bool
	since   uint64        // the heap when it was last read in this turn
	grown   uint64        // since the last collection of garbage, which may take it back
	held    uint64        // before that; it was still there afterwards
	ran     time.Duration // of the turns that are over
}

// startMeter begins a turn of which the meter is to know, with the heap as it is.
// The caller holds the lock.
func (s *stopwatch) startMeter(objects uint64) {
	s.dog.heap.metered.Add(1)
	s.meter.running, s.meter.since = true, objects
}

// stopMeter ends it. The caller holds the lock.
func (s *stopwatch) stopMeter(took time.Duration) {
	s.readMeter(readHeap().objects)
	s.dog.heap.metered.Add(-1)
	s.meter.running = false
	s.meter.ran += took
}

// readMeter adds what has come since the last reading, or a share of it where
// more than one turn is running. The caller holds the lock.
func (s *stopwatch) readMeter(objects uint64) {
	if objects > s.meter.since {
		s.meter.grown += (objects - s.meter.since) / uint64(s.dog.heap.metered.Load())
	}
	s.meter.since = objects
}

// total is what the extension is to blame for.
func (m meter) total() uint64 { return m.held + m.grown }

// keep settles what has grown after a collection of garbage that has left
// kept of each byte of all that had grown, and left of each byte before that.
func (m *meter) keep(kept, left float64) {
	m.held = uint64(float64(m.held)*left) + uint64(float64(m.grown)*kept)
	m.grown = 0
}

// meterFrom meters the turn that is running, if there is one, from the last look
// at the heap, or as much of that time as the turn has been running.
func (s *stopwatch) meterFrom(last heapSize, now heapSize) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begun.IsZero() || s.meter.running {
		return
	}
	grown := now.objects - min(now.objects, last.objects)
	share := min(1, float64(now.at.Sub(s.begun))/float64(max(1, now.at.Sub(last.at))))
	s.startMeter(now.objects - uint64(float64(grown)*max(0, share)))
}

// growth is a copy of the meter, read at this moment if a turn is running.
func (s *stopwatch) growth(objects uint64) meter {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.meter.running {
		s.readMeter(objects)
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
		grown += e.vm.stopwatch.growth(now.objects).grown
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
// one that has run longest.
func largestGrower(all []*Extension, objects, least uint64) *Extension {
	most := least
	for _, e := range all {
		most = max(most, e.vm.stopwatch.growth(objects).total())
	}
	var found *Extension
	var ran time.Duration
	for _, e := range all {
		m := e.vm.stopwatch.growth(objects)
		if m.total() >= max(least, most-most/10) && (found == nil || m.ran > ran) {
			found, ran = e, m.ran
		}
	}
	return found
}

// forgive acquits those that have grown less than half as much as the one that
// is to blame: they may only have run at the same time.
func forgive(all []*Extension, guilty *Extension, objects uint64) {
	much := guilty.vm.stopwatch.growth(objects).total() / 2
	for _, e := range all {
		if e != guilty && e.vm.stopwatch.growth(objects).total() < much {
			e.vm.stopwatch.keepGrowth(0, 0)
		}
	}
}
