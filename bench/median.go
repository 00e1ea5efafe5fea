package main

import "slices"

// median is the middle of the values, and whether there is one.
func median(values []float64) (float64, bool) {
	n := len(values)
	if n == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(n-1)/2] + sorted[n/2]) / 2, true
}

// best is the best of the values: the highest, or the lowest.
func best(values []float64, higher bool) (float64, bool) {
	switch {
	case len(values) == 0:
		return 0, false
	case higher:
		return slices.Max(values), true
	}
	return slices.Min(values), true
}
