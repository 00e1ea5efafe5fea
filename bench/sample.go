package main

import "github.com/srcnexus/extrun/bench/task"

// A sample is what one run of a program has shown.
type sample struct {
	task     task.Task
	result   task.Result
	used     task.Usage
	resident int64 // bytes of memory after it had settled
	reports  []task.Report
}

// A key says what was run by whom.
type key struct{ workload, subject string }

// findings are all samples of a session, and what went wrong.
type findings struct {
	samples  map[key][]sample
	failures map[key]string
}

func newFindings() findings {
	return findings{make(map[key][]sample), make(map[key]string)}
}

// median is the median of one quantity over the samples of a workload, and
// whether there are any.
func (f findings) median(workload, subject string, quantity func(sample) float64) (float64, bool) {
	var values []float64
	for _, s := range f.samples[key{workload, subject}] {
		values = append(values, quantity(s))
	}
	return median(values)
}
