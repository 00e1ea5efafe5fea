package main

import (
	"runtime"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/internal/leaktest"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// TestWorkloads runs a little of each kind of work, on extrun and on the client
// without JavaScript.
func TestWorkloads(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the comparison needs Linux")
	}
	y := &yard{root: "..", dir: t.TempDir()}
	if err := y.open(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	defer y.close()
	for _, w := range workloads() {
		w = w.scaled(0.001)
		if w.settles() && w.name != density(10) {
			continue // they differ in their sizes only, and take a while
		}
		t.Run(w.name, func(t *testing.T) { runOnAll(t, y, w) })
	}
	t.Run("programs that fail", func(t *testing.T) { failOnAll(t, y) })
}

// failOnAll gives the programs a server that isn't there. That is said, and is
// no reason not to run the others.
func failOnAll(t *testing.T, y *yard) {
	address := y.address
	y.address = "127.0.0.1:1"
	defer func() { y.address = address }()
	f := newFindings()
	if err := y.round(t.Context(), workloads()[0].scaled(0.001), f); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{extrun, golang} {
		if why := f.failures[key{"rtt", name}]; !strings.Contains(why, "127.0.0.1:1") {
			t.Errorf("%s: %q doesn't say what was refused", name, why)
		}
	}
}

func runOnAll(t *testing.T, y *yard, w workload) {
	f := newFindings()
	if err := y.round(t.Context(), w, f); err != nil {
		t.Fatal(err)
	}
	for k, why := range f.failures {
		t.Errorf("%s: %s", k.subject, why)
	}
	for k, samples := range f.samples {
		if s := samples[0]; s.used.CPU <= 0 || s.used.Wall <= 0 || s.used.Peak <= 0 {
			t.Errorf("%s used %+v", k.subject, s.used)
		}
	}
	if len(f.samples) == 0 {
		t.Error("nothing was measured")
	}
}
