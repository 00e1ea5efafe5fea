package main

import "github.com/srcnexus/extrun/bench/task"

// A value reads one number of a subject out of the findings.
type value = func(f findings, subject string) (float64, bool)

type quantityOfReport = func(task.Report) float64

func median50(r task.Report) float64 { return r.Median }
func within99(r task.Report) float64 { return r.P99 }

// of is the median of a quantity in a workload.
func of(workload string, q quantity) value {
	return func(f findings, subject string) (float64, bool) { return f.median(workload, subject, q) }
}

// rate is how many messages a second came back in a workload.
func rate(name string) value {
	return func(f findings, subject string) (float64, bool) {
		return f.median(name, subject, func(s sample) float64 { return float64(s.task.Count) / s.result.Milliseconds * 1000 })
	}
}

// growth is the memory in KiB that each member adds to a crowd which grows from
// one size to another.
func growth(name func(int) string, from, to int) value {
	return func(f findings, subject string) (float64, bool) {
		small, known := f.median(name(from), subject, resident)
		large, alsoKnown := f.median(name(to), subject, resident)
		few, _ := f.median(name(from), subject, members)
		many, _ := f.median(name(to), subject, members)
		if !known || !alsoKnown || many == few {
			return 0, false
		}
		return (large - small) * 1024 / (many - few), true
	}
}

// quotient is one value over another.
func quotient(a, b value) value {
	return func(f findings, subject string) (float64, bool) {
		over, known := a(f, subject)
		under, alsoKnown := b(f, subject)
		if !known || !alsoKnown || under == 0 {
			return 0, false
		}
		return over / under, true
	}
}
