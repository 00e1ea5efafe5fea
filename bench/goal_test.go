package main

import "testing"

func TestGoals(t *testing.T) {
	r := result{values: map[string]float64{extrun: 50, node: 100, deno: 40}, ratio: 0.9, hasRatio: true}
	for _, test := range []struct {
		goal goal
		want string
	}{
		{none, ""},
		{atLeast(0.9), "≥ 0.9 ✓"},
		{atLeast(1), "≥ 1.0 ✗"},
		{atMost(0.9), "≤ 0.9 ✓"},
		{atMost(0.8), "≤ 0.8 ✗"},
		{within(50, "KiB"), "≤ 50 KiB ✓"},
		{within(49, "KiB"), "≤ 49 KiB ✗"},
		{reaches(50), "≥ 50.0 ✓"},
		{reaches(51), "≥ 51.0 ✗"},
		{below("≤ Node ÷ 2", 0.5, node), "≤ Node ÷ 2 ✓"},
		{below("< Node, Deno", 1, node, deno), "< Node, Deno ✗"},
		{below("≤ Bun", 1, bun), "≤ Bun"},
		{both(within(50, "ms"), below("≤ Deno", 1, deno)), "≤ 50 ms, ≤ Deno ✗"},
	} {
		if got := test.goal.mark(r); got != test.want {
			t.Errorf("the mark is %q, want %q", got, test.want)
		}
	}
}

func TestGoalsOfWhatWasNotMeasured(t *testing.T) {
	r := result{values: map[string]float64{node: 1}}
	for _, g := range []goal{atLeast(1), atMost(1), within(1, "ms"), reaches(1), below("< Node", 1, node)} {
		if got := g.mark(r); got != g.text {
			t.Errorf("the mark is %q, want %q", got, g.text)
		}
	}
}
