package main

import (
	"fmt"
	"runtime"
	"time"
)

// rows are the lines of the table that has goals.
func rows() []row {
	list := []row{
		{"rtt: 64 B, 1 in flight", "messages/s", true, rate("rtt"), atLeast(0.9), atLeast(1)},
		{"echo: 64 B, 64 in flight", "messages/s", true, rate("echo-64"), atLeast(0.6), atLeast(1)},
		{"echo: 1 KiB, 64 in flight", "messages/s", true, rate("echo-1024"), atLeast(0.6), atLeast(1)},
		{"json: 200 B parsed and built anew", "messages/s", true, rate("json"), atLeast(0.6), atLeast(1)},
		{"flood: 64 B, received only", "messages/s", true, rate("flood"), atLeast(0.6), atLeast(1)},
		{"large: 1 MiB text, ASCII", "messages/s", true, rate("large-ascii"), atLeast(0.9), atLeast(1)},
		{"large: 1 MiB text, non-ASCII", "messages/s", true, rate("large-nonascii"), atLeast(0.9), atLeast(1)},
		{"large: 1 MiB binary", "messages/s", true, rate("large-binary"), atLeast(0.9), atLeast(1)},
		{"start, cache warm: wall time", "ms", false, of("start-warm", wall), fasterStart, below("≤ Bun", 1, bun)},
		{"start, cache cold: wall time", "ms", false, of("start-cold", wall), fasterStart, below("≤ Bun", 1, bun)},
		{"start, cache warm: peak memory", "MiB", false, of("start-warm", peak), atMost(0.8), atMost(0.6)},
		{"start, cache cold: peak memory", "MiB", false, of("start-cold", peak), atMost(0.8), atMost(0.6)},
		{"idle: peak memory", "MiB", false, of("idle", peak), atMost(0.8), atMost(0.6)},
		{"idle: memory when settled", "MiB", false, of("idle", resident), none, none},
	}
	return append(list, crowdRows()...)
}

var fasterStart = below("< Node, Deno", 1, node, deno)

// steady is how far a quantity of the largest crowd may be from that of the one
// before it to count as constant.
const steady = 1.1

func crowdRows() (list []row) {
	for i, n := range crowdSizes[1:] {
		list = append(list, row{fmt.Sprintf("density: memory of each from %d to %d", crowdSizes[i], n), "KiB", false, growth(density, crowdSizes[i], n), none, none})
	}
	most := len(list) - 1
	list[most].must = both(within(120, "KiB"), below("≤ Node ÷ 20", 1.0/20, node))
	list[most].aim = within(60, "KiB")
	return append(list,
		row{"density: the same after a full collection", "KiB", false, growth(collected, 100, 1000), none, none},
		row{"density: CPU time of the 10th", "ms", false, of(density(10), activation), none, none},
		row{"density: CPU time of the 100th", "ms", false, of(density(100), activation), none, none},
		row{"density: CPU time of the 1,000th", "ms", false, of(density(1000), activation), within(1, "ms"), within(0.3, "ms")},
		row{"growth: memory, 100 to 1,000 over 10 to 100", "×", false, quotient(growth(density, 100, 1000), growth(density, 10, 100)), within(steady, "×"), none},
		row{"growth: CPU time, 1,000th over 100th", "×", false, quotient(of(density(1000), activation), of(density(100), activation)), within(steady, "×"), none},
		row{"growth: echo of 100 extensions over one on each core", "×", true, quotient(of(shared(100), drilled), of(shared(runtime.NumCPU()), drilled)), reaches(0.9), none},
		row{"fair: 100 idle, median answer", "µs", false, of("fair", answer(0, median50)), none, none},
		row{"fair: 100 idle, 99 % answered within", "µs", false, of("fair", answer(0, within99)), none, none},
		row{"fair: 99 beside a busy one, median answer", "µs", false, of("fair", answer(1, median50)), none, none},
		row{"fair: 99 beside a busy one, 99 % answered within", "µs", false, of("fair", answer(1, within99)), none, none},
	)
}

// costRows are the lines of the table of CPU time.
func costRows() (list []row) {
	for _, w := range workloads() {
		switch {
		case w.task.Count > 0:
			list = append(list, row{w.name, "µs a message", false, of(w.name, perMessage), none, none})
		case !w.task.Stay:
			list = append(list, row{w.name, "ms", false, of(w.name, cpu), none, none})
		}
	}
	return list
}

// A quantity reads one number out of a sample.
type quantity = func(sample) float64

func wall(s sample) float64       { return s.used.Wall.Seconds() * 1000 }
func cpu(s sample) float64        { return s.used.CPU.Seconds() * 1000 }
func peak(s sample) float64       { return float64(s.used.Peak) / (1 << 20) }
func resident(s sample) float64   { return float64(s.resident) / (1 << 20) }
func members(s sample) float64    { return float64(s.task.Members) }
func activation(s sample) float64 { return s.result.CPU / 1000 }
func drilled(s sample) float64    { return float64(s.reports[0].Messages) / s.reports[0].Seconds }

// answer is a quantity of the report on one of the drills.
func answer(drill int, which quantityOfReport) quantity {
	return func(s sample) float64 { return which(s.reports[drill]) }
}

func perMessage(s sample) float64 {
	return float64(s.used.CPU) / float64(time.Microsecond) / float64(s.task.Count)
}
