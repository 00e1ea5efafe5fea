package main

import (
	"runtime/debug"
	"testing"
	"time"
)

// TestGarbage says when a program may leave more garbage, and when no longer.
func TestGarbage(t *testing.T) {
	before := debug.SetGCPercent(usualPercent)
	defer debug.SetGCPercent(before)
	tests := []struct {
		name  string
		every time.Duration
		times int
		inUse uint64
		want  int
	}{
		{"a start", 5 * time.Millisecond, 5, 1 << 20, 100},
		{"little to do", 500 * time.Millisecond, 100, 1 << 20, 100},
		{"busy and small", 10 * time.Millisecond, 20, 2 << 20, 1600},
		{"busy and big", 10 * time.Millisecond, 20, 100 << 20, 100},
		{"hardly anything in use", 10 * time.Millisecond, 20, 0, 3200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			now := time.Now()
			debug.SetGCPercent(startPercent)
			g := &garbage{last: now, percent: startPercent}
			collect := func(every time.Duration, times int) {
				for range times {
					now = now.Add(every)
					g.collected(now, test.inUse)
				}
			}
			collect(test.every, test.times)
			if got := debug.SetGCPercent(usualPercent); got != test.want && !(got == before && test.want == usualPercent) {
				t.Errorf("%d percent, want %d", got, test.want)
			}
			collect(2*time.Minute, 1)
			if g.percent != usualPercent {
				t.Errorf("%d percent once it is quiet, want %d", g.percent, usualPercent)
			}
		})
	}
}
