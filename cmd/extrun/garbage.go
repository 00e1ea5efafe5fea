package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// How much garbage may lie about. A program that starts, waits or says little
// keeps to Go's measure, as much as is in use and 4 MiB at least, and stays
// small. One that is busy collects that many times a second, since every message
// leaves some behind; with busyGarbage it does so a tenth as often, which makes
// an exchange of messages about a third faster. The first collection comes at
// 6 MiB, past what the start of a small extension needs: it would cost a tenth of
// that, and the pages of the collector.
const (
	usualPercent = 100
	startPercent = 150
	busyGarbage  = 32 << 20

	quick     = 100 * time.Millisecond // between collections of a busy program
	slow      = time.Second            // of one that is so no longer
	quickRuns = 10                     // as many in a row, and it is busy
)

// garbage watches how fast collections follow each other. It belongs to the
// goroutine that runs finalizers, and needs none and no timer of its own.
type garbage struct {
	last    time.Time
	quick   int
	percent int
}

// watchGarbage begins to watch. Who has set GOGC has decided already.
func watchGarbage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(startPercent)
	afterCollection(&garbage{last: time.Now(), percent: startPercent})
}

// A trace is garbage at once, so that its finalizer tells of a collection.
type trace struct{ of *garbage }

func afterCollection(g *garbage) {
	runtime.SetFinalizer(&trace{g}, func(t *trace) {
		t.of.collected(time.Now(), heapInUse())
		afterCollection(t.of)
	})
}

// collected takes note of a collection that left some bytes in use.
func (g *garbage) collected(now time.Time, inUse uint64) {
	since := now.Sub(g.last)
	g.last = now
	switch {
	case since < quick:
		g.quick++
	case since > slow:
		g.quick = 0
	}
	percent := usualPercent
	if g.quick >= quickRuns {
		percent = max(usualPercent, int(100*busyGarbage/max(inUse, 1<<20)))
	}
	// A change stops the world for a moment, so small ones aren't worth it.
	if percent > g.percent*5/4 || percent < g.percent*4/5 {
		g.percent = percent
		debug.SetGCPercent(percent)
	}
}

func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
