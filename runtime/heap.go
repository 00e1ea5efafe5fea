package runtime

import (
	"fmt"
	goruntime "runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

const (
	// growthRate is how fast a heap may be expected to grow, in bytes a second.
	growthRate = 4 << 30

	// heapPeriod is the shortest time between two looks at the heap.
	heapPeriod = 5 * time.Millisecond

	// leastExcess is the least growth past the limit that needs no proof. On a
	// machine with other work, garbage is collected late.
	leastExcess = 64 << 20
)

// A heapSize is the process's heap at one moment, in bytes.
type heapSize struct {
	objects uint64 // with garbage that isn't collected yet
	live    uint64 // what the last collection has left
	cycles  uint64 // collections so far
}

// readHeap takes a quarter of a microsecond.
func readHeap() heapSize {
	samples := [...]metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/gc/heap/live:bytes"},
		{Name: "/gc/cycles/total:gc-cycles"},
	}
	metrics.Read(samples[:])
	return heapSize{samples[0].Value.Uint64(), samples[1].Value.Uint64(), samples[2].Value.Uint64()}
}

// A heapWatch ends the extension that makes the process's heap grow past a
// limit. There is one heap for all VMs and the embedder, so that it can't know
// whose the memory is: it knows how far the heap grew while an extension ran.
//
// Past the limit it first has the garbage collected, on a goroutine of its own,
// and convicts somebody only if what is left is above the limit still. Before
// it asks for another collection the heap must grow by a quarter of the limit.
// It doesn't wait for that proof where the heap has passed the limit by as much
// again, and by leastExcess: garbage doesn't, since Go by default collects it
// before there is as much of it as of what lives. After a verdict it waits until
// the extension's memory was given back. It belongs to the watchdog's goroutine,
// but for what is atomic.
type heapWatch struct {
	limit uint64 // 0: there is none
	spawn func(func())
	tell  func(live uint64) // the heap is too large, and no extension is to blame

	near  atomic.Bool // turns are metered
	share heapShare   // among those that are
	proof atomic.Int32

	last  heapSize
	floor uint64     // the limit, or what nobody is to blame for and some more
	next  uint64     // the size at which a collection is asked for
	ended *Extension // convicted, and its memory not given back so far
	freed bool       // but about to be
	told  bool
}

// The states of the proof.
const (
	unproved   int32 = iota
	collecting       // under way
	collected        // there, and not judged
)

func newHeapWatch(limit int64, spawn func(func()), tell func(uint64)) *heapWatch {
	size := uint64(max(limit, 0))
	return &heapWatch{limit: size, floor: size, next: size, spawn: spawn, tell: tell}
}

// look reads the heap and ends whoever is to blame for it, if that is due.
func (h *heapWatch) look(all []*Extension) {
	if h.limit == 0 {
		return
	}
	proof := h.proof.Load() // before the heap is read: what it proves is in there
	now := readHeap()
	h.near.Store(now.objects >= h.limit/2)
	if h.near.Load() {
		for _, e := range all {
			e.vm.stopwatch.meterFromNow()
		}
	}
	if now.cycles != h.last.cycles {
		settle(all, h.last, now)
		h.reckon(now)
	}
	h.judge(now, proof, all)
	h.last = now
}

// waiting reports whether something is under way that look must see the end of.
func (h *heapWatch) waiting() bool { return h.ended != nil || h.proof.Load() != unproved }

// pace is how long the heap can be left alone.
func (h *heapWatch) pace() time.Duration {
	left := h.next - min(h.next, readHeap().objects)
	return max(heapPeriod, time.Duration(float64(left)/growthRate*float64(time.Second)))
}

// reckon finds out, after a collection, when the next is due.
func (h *heapWatch) reckon(now heapSize) {
	if now.live <= h.limit {
		h.floor = h.limit
		h.next = max(h.limit, now.live+h.limit/4)
		return
	}
	h.next = h.floor
}

func (h *heapWatch) judge(now heapSize, proof int32, all []*Extension) {
	if proof == collected {
		h.proof.Store(unproved)
		if h.freed {
			h.ended, h.freed = nil, false
		}
		if h.ended == nil && now.live > h.floor && !h.convict(now, now.live-h.floor, all) {
			h.forgo(now)
		}
		return
	}
	excess := now.objects > h.floor+max(h.limit, leastExcess)
	switch {
	case h.ended == nil && excess && h.convict(now, now.objects-h.floor, all):
	case proof == collecting:
	case h.ended != nil:
		h.release(now)
	case now.objects > h.next:
		h.collect()
	}
}

// collect has the garbage collected.
func (h *heapWatch) collect() {
	h.proof.Store(collecting)
	h.spawn(func() {
		goruntime.GC()
		h.proof.Store(collected)
	})
}

// release has the memory of a convicted extension collected, once it is free.
// What a goroutine that was written off still makes of it is nobody else's.
func (h *heapWatch) release(now heapSize) {
	select {
	case <-h.ended.done:
	default:
		return
	}
	if h.ended.host.isZombie(h.ended) {
		h.floor = now.objects + h.limit/4
	}
	h.freed = true
	h.collect()
}

// convict ends the extension that has made the heap grow by so much that without
// it the heap wouldn't be over what it may be, and reports whether there is one.
// Of two that may be it, more growth will tell, while there is room for that.
func (h *heapWatch) convict(now heapSize, over uint64, all []*Extension) bool {
	e, sure := largestGrower(all, max(over, h.limit/32))
	if e == nil || !sure && now.live < 2*h.limit && now.objects < 2*h.limit {
		return false
	}
	h.ended = e
	forgive(all, e)
	e.outgrow(now.objects, h.limit)
	return true
}

// forgo lets the heap be as large as it is: that much is the embedder's.
func (h *heapWatch) forgo(now heapSize) {
	h.floor = now.live + h.limit/4
	h.next = h.floor
	if !h.told {
		h.told = true
		h.tell(now.live)
	}
}

// outgrow ends an extension because of the heap, which has a size and a limit.
func (e *Extension) outgrow(size, limit uint64) {
	where, running := e.vm.stopwatch.turn()
	message := fmt.Sprintf("the heap grew to %d MiB, past the host's limit of %d MiB, while the script ran, and the script was ended", size>>20, limit>>20)
	err := &ScriptError{Extension: e.id, Where: where.String(), Message: message, Text: message}
	if running {
		e.crashWith(faultHeap, err)
	} else {
		e.crashNext(faultHeap, err)
	}
}
