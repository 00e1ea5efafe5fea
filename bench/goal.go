package main

import "fmt"

// A goal is what a row is to reach. met says whether it does, and whether that is
// known.
type goal struct {
	text string
	met  func(result) (met, known bool)
}

// none is the goal of rows that have none.
var none = goal{}

// mark is the goal as it stands in a table: with a sign that says whether it was
// reached, or without one where that isn't known.
func (g goal) mark(r result) string {
	if g.met == nil {
		return ""
	}
	met, known := g.met(r)
	switch {
	case !known:
		return g.text
	case met:
		return g.text + " ✓"
	}
	return g.text + " ✗"
}

// atLeast and atMost are goals for the ratio to the best peer.
func atLeast(ratio float64) goal {
	return goal{fmt.Sprintf("≥ %.1f", ratio), func(r result) (bool, bool) { return r.ratio >= ratio, r.hasRatio }}
}

func atMost(ratio float64) goal {
	return goal{fmt.Sprintf("≤ %.1f", ratio), func(r result) (bool, bool) { return r.ratio <= ratio, r.hasRatio }}
}

// within and reaches are goals for the value itself.
func within(limit float64, unit string) goal {
	return goal{fmt.Sprintf("≤ %g %s", limit, unit), func(r result) (bool, bool) {
		own, known := r.values[extrun]
		return own <= limit, known
	}}
}

func reaches(limit float64) goal {
	return goal{fmt.Sprintf("≥ %.1f", limit), func(r result) (bool, bool) {
		own, known := r.values[extrun]
		return own >= limit, known
	}}
}

// below is the goal to need no more than a part of what each of some peers needs.
func below(text string, part float64, names ...string) goal {
	return goal{text, func(r result) (bool, bool) {
		own, known := r.values[extrun]
		met := known
		for _, name := range names {
			value, measured := r.values[name]
			known = known && measured
			met = met && own <= value*part
		}
		return met, known
	}}
}

// both is the goal to reach two.
func both(a, b goal) goal {
	return goal{a.text + ", " + b.text, func(r result) (bool, bool) {
		first, known := a.met(r)
		second, alsoKnown := b.met(r)
		return first && second, known && alsoKnown
	}}
}
