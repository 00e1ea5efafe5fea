package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// measure runs the workloads, each round with one subject after the other.
func (y *yard) measure(ctx context.Context, s settings) (findings, error) {
	wanted, err := regexp.Compile(s.only)
	if err != nil {
		return findings{}, fmt.Errorf("-only: %w", err)
	}
	found := newFindings()
	for _, w := range workloads() {
		if !wanted.MatchString(w.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench:", w.name)
		for range w.rounds(s.rounds) {
			if err := y.round(ctx, w.scaled(s.scale), found); err != nil {
				return findings{}, err
			}
		}
	}
	return found, nil
}

// round runs a workload once with every subject. One that fails is not run with
// it again.
func (y *yard) round(ctx context.Context, w workload, found findings) error {
	for _, subject := range y.subjects {
		k := key{w.name, subject.name}
		if _, failed := found.failures[k]; failed || !w.includes(subject) {
			continue
		}
		got, err := y.run(ctx, w, subject)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			found.failures[k] = err.Error()
			fmt.Fprintf(os.Stderr, "bench: %s on %s: %v\n", w.name, subject.name, err)
		default:
			found.samples[k] = append(found.samples[k], got)
		}
	}
	return nil
}

// run runs a workload's program once.
func (y *yard) run(ctx context.Context, w workload, s *subject) (sample, error) {
	w.task.URL = w.url(y.address)
	if err := w.task.Write(s.dir); err != nil {
		return sample{}, err
	}
	cache := filepath.Join(y.dir, "cache")
	if w.cold {
		if err := os.RemoveAll(cache); err != nil {
			return sample{}, err
		}
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return sample{}, err
	}
	program, err := y.start(s.argv(w.task.Program), environment(cache))
	if err != nil {
		return sample{}, err
	}
	return observe(ctx, program, w, y.address)
}

// environment is all that a program finds in its environment. What it caches, it
// caches in a folder of ours.
func environment(cache string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + cache,
		"XDG_CACHE_HOME=" + cache,
		"DENO_DIR=" + filepath.Join(cache, "deno"),
		"BUN_RUNTIME_TRANSPILER_CACHE_PATH=" + filepath.Join(cache, "bun"),
		"DENO_NO_UPDATE_CHECK=1",
		"DO_NOT_TRACK=1",
	}
}
