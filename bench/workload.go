package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/srcnexus/extrun/bench/task"
)

// A workload is one kind of work, done by all subjects that can.
type workload struct {
	name   string
	path   string // on the server
	task   task.Task
	rounds func(int) int // how often it is run, of the rounds asked for
	cold   bool          // with an empty cache each time
	drills []task.Drill  // what the server does with the members
	only   []string      // the subjects; empty means all
}

// The programs with a role of their own.
const crowdProgram = "crowd"

// settle is how long a program that stays is left alone before its memory is
// read.
const settle = 3 * time.Second

// inFlight is how many messages are under way where a program is kept busy.
const inFlight = 64

// crowdSizes are those of the crowds whose memory is measured.
var crowdSizes = []int{1, 10, 100, 1000}

// workloads are all of them, in the order of the tables.
func workloads() []workload {
	echo := func(name string, kind task.Kind, size, count, underWay int) workload {
		return workload{name: name, path: "/echo", rounds: all, task: task.Task{
			Program: "echo", Kind: kind, Size: size, Count: count, InFlight: underWay,
		}}
	}
	list := []workload{
		echo("rtt", task.ASCII, 64, 20_000, 1),
		echo("echo-64", task.ASCII, 64, 100_000, inFlight),
		echo("echo-1024", task.ASCII, 1024, 100_000, inFlight),
		{name: "json", path: "/echo", rounds: all, task: task.Task{Program: "json", Count: 100_000, InFlight: inFlight}},
		{name: "flood", path: "/flood", rounds: all, task: task.Task{Program: "flood", Count: 300_000, Size: 64}},
		echo("large-ascii", task.ASCII, 1<<20, 300, 4),
		echo("large-nonascii", task.NonASCII, 1<<20, 300, 4),
		echo("large-binary", task.Binary, 1<<20, 300, 4),
		{name: "start-warm", path: "/echo", rounds: often, task: task.Task{Program: "start"}},
		{name: "start-cold", path: "/echo", rounds: often, task: task.Task{Program: "start"}, cold: true},
		{name: "idle", path: "/echo", rounds: all, task: task.Task{Program: "start", Stay: true}},
	}
	return slices.Concat(list, crowds())
}

// crowds are the workloads of many members in one process.
func crowds() (list []workload) {
	runtimes := append([]string{extrun}, peers...)
	crowd := func(name string, members int, only ...string) workload {
		return workload{name: name, path: "/member", only: only, rounds: few, task: task.Task{
			Program: crowdProgram, Members: members, Stay: true,
		}}
	}
	for _, n := range crowdSizes {
		list = append(list, crowd(density(n), n, runtimes...))
	}
	for _, n := range crowdSizes[2:] {
		w := crowd(collected(n), n, extrun)
		w.task.Collect = true
		list = append(list, w)
	}
	calm, busy := task.Drill{Milliseconds: 3000}, task.Drill{Milliseconds: 3000, Busy: 1}
	fair := crowd("fair", 100, runtimes...)
	fair.drills = []task.Drill{calm, busy}
	list = append(list, fair)
	for _, n := range []int{runtime.NumCPU(), 100} {
		w := crowd(shared(n), n, extrun)
		w.drills = []task.Drill{{Milliseconds: 3000, InFlight: inFlight}}
		list = append(list, w)
	}
	return list
}

// The names of the crowds, by their crowdSizes.
func density(n int) string   { return fmt.Sprintf("density-%d", n) }
func collected(n int) string { return fmt.Sprintf("density-%d-collected", n) }
func shared(n int) string    { return fmt.Sprintf("shared-%d", n) }

func all(rounds int) int   { return rounds }
func often(rounds int) int { return 4 * rounds }
func few(rounds int) int   { return (rounds + 2) / 3 }

// scaled is the workload with less to do. What it measures keeps its name.
func (w workload) scaled(scale float64) workload {
	w.task.Count = max(int(float64(w.task.Count)*scale), min(w.task.Count, 2*w.task.InFlight))
	w.task.Members = max(int(float64(w.task.Members)*scale), min(w.task.Members, 2))
	w.drills = slices.Clone(w.drills)
	for i := range w.drills {
		w.drills[i].Milliseconds = max(int(float64(w.drills[i].Milliseconds)*scale), 300)
	}
	return w
}

// settles says that the program's memory is read after a while.
func (w workload) settles() bool { return w.task.Stay && len(w.drills) == 0 }

// url is what the program opens.
func (w workload) url(address string) string {
	url := "ws://" + address + w.path
	if w.path == "/flood" {
		url += fmt.Sprintf("?n=%d&size=%d", w.task.Count, w.task.Size)
	}
	return url
}

func (w workload) includes(s *subject) bool {
	return len(w.only) == 0 || slices.Contains(w.only, s.name)
}
