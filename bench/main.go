// Command bench runs the same work on extrun, Node.js, Deno and Bun, and on a Go
// client without JavaScript, turn by turn, and writes what it measured into
// bench/README.md:
//
//	go run ./bench
//
// The runtimes come from npm, pinned in peers/package.json; they are installed
// into a folder of the user's cache, and what is missing is left out. Each
// program runs in a process of its own, and its server in another. Nothing leaves
// 127.0.0.1 but what npm does.
//
// It works on Linux, where /proc tells what a process uses. With -scale or -only
// it shows its results and writes nothing.
//
// The benchmarks beside it measure extrun alone, each part of it by itself.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures and reports.
func run(args []string) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	yard, err := openYard(ctx, s)
	if err != nil {
		return err
	}
	defer yard.close()
	found, err := yard.measure(ctx, s)
	if err != nil {
		return err
	}
	page := newPage(yard, s, found)
	if s.partial() {
		fmt.Print(page.markdown())
		return nil
	}
	return page.write(yard.root)
}

// settings are what the flags say.
type settings struct {
	rounds int
	scale  float64
	only   string
	cache  string
}

func parse(args []string) (s settings, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&s.rounds, "rounds", 5, "how often each workload is run")
	flags.Float64Var(&s.scale, "scale", 1, "how much of each workload is run; nothing is written unless it is 1")
	flags.StringVar(&s.only, "only", "", "run the workloads whose names match this regular expression only, and write nothing")
	flags.StringVar(&s.cache, "cache", "", "where the runtimes are installed; by default extrun-bench in the user's cache")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.rounds < 1 || s.scale <= 0 || s.scale > 1 || flags.NArg() > 0 {
		return s, fmt.Errorf("-rounds must be at least 1, -scale above 0 and at most 1, and nothing may follow the flags")
	}
	return s, nil
}

// partial says that the results are not those of the README.
func (s settings) partial() bool { return s.scale != 1 || s.only != "" }
