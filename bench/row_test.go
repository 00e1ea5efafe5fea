package main

import (
	"testing"

	"github.com/srcnexus/extrun/bench/task"
)

// found returns findings in which each subject took its milliseconds for 100
// messages.
func found(milliseconds map[string]float64) findings {
	f := newFindings()
	for name, ms := range milliseconds {
		k := key{"rtt", name}
		f.samples[k] = []sample{{task: task.Task{Count: 100}, result: task.Result{Milliseconds: ms}}}
	}
	return f
}

var rtt = row{title: "rtt", unit: "messages/s", higher: true, value: rate("rtt"), must: atLeast(0.9), aim: atLeast(1)}

func TestRatio(t *testing.T) {
	r := resultOf(rtt, found(map[string]float64{extrun: 100, node: 400, bun: 50, golang: 10}))
	if !r.hasRatio || r.ratio != 0.5 {
		t.Errorf("the ratio to the best peer is %v (known: %v), want 0.5", r.ratio, r.hasRatio)
	}
	for name, want := range map[string]float64{extrun: 0.5, node: 0.125, bun: 1, golang: 5} {
		if got, known := r.speed(name); !known || got != want {
			t.Errorf("the speed of %s is %v, want %v", name, got, want)
		}
	}
	if _, known := r.speed(deno); known {
		t.Error("Deno has a speed and was not measured")
	}
}

func TestRatioOfWhatShouldBeLow(t *testing.T) {
	low := row{unit: "ms", value: of("rtt", func(s sample) float64 { return s.result.Milliseconds })}
	r := resultOf(low, found(map[string]float64{extrun: 30, node: 40, deno: 20}))
	if r.ratio != 1.5 {
		t.Errorf("the ratio to the best peer is %v, want 1.5", r.ratio)
	}
	if got, _ := r.speed(node); got != 0.5 {
		t.Errorf("the speed of Node is %v, want 0.5", got)
	}
}

func TestGrowth(t *testing.T) {
	f := newFindings()
	for _, crowd := range []struct{ members, mebibytes int }{{10, 20}, {100, 110}} {
		k := key{density(crowd.members), extrun}
		f.samples[k] = []sample{{task: task.Task{Members: crowd.members}, resident: int64(crowd.mebibytes) << 20}}
	}
	if got, known := growth(density, 10, 100)(f, extrun); !known || got != 1024 {
		t.Errorf("each member added %v KiB (known: %v), want 1024", got, known)
	}
	if _, known := growth(density, 100, 1000)(f, extrun); known {
		t.Error("the growth to 1,000 is known and was not measured")
	}
}

// TestRows checks that every row reads workloads that there are.
func TestRows(t *testing.T) {
	f := newFindings()
	for _, w := range workloads() {
		task := w.task
		task.Members = max(task.Members, 1)
		s := sample{task: task, reports: make([]report, 2)}
		s.result.Milliseconds, s.resident = 1, int64(task.Members)<<20
		s.result.CPU, s.used.CPU, s.used.Wall = 1, 1, 1
		for i := range s.reports {
			s.reports[i].Messages, s.reports[i].Seconds = 1, 1
		}
		f.samples[key{w.name, extrun}] = []sample{s}
	}
	for _, r := range append(rows(), costRows()...) {
		if _, known := r.value(f, extrun); !known {
			t.Errorf("%q has no value though every workload was run", r.title)
		}
	}
}

type report = task.Report
