package runtime_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A recorder does something with each record of a bundle that was made.
type recorder func() error

func (recorder) Enabled(context.Context, slog.Level) bool { return true }

func (r recorder) Handle(_ context.Context, record slog.Record) error {
	if record.Message == "bundle made and kept" {
		return r()
	}
	return nil
}

func (r recorder) WithAttrs([]slog.Attr) slog.Handler { return r }

func (r recorder) WithGroup(string) slog.Handler { return r }

// TestStartAllAtOnce holds up each of two extensions while it is compiled until
// the other one is there as well.
func TestStartAllAtOnce(t *testing.T) {
	defer goruntime.GOMAXPROCS(goruntime.GOMAXPROCS(2))
	var met sync.WaitGroup
	met.Add(2)
	both := make(chan struct{})
	go func() { met.Wait(); close(both) }()
	alone := make(chan struct{}, 2)
	w := runtimetest.New(t, runtime.Options{CacheDir: t.TempDir(), Logger: slog.New(recorder(func() error {
		met.Done()
		select {
		case <-both:
		case <-time.After(10 * time.Second):
			alone <- struct{}{}
		}
		return nil
	}))})
	folder := runtimetest.Write(t, map[string]string{"a.js": `console.log("a")`, "b.js": `console.log("b")`})
	for _, started := range w.Host.StartAll(filepath.Join(folder, "a.js"), filepath.Join(folder, "b.js")) {
		if started.Err != nil {
			t.Error(started.Err)
		}
	}
	if len(alone) > 0 {
		t.Error("one was compiled after the other")
	}
}

// TestPanicWhileCompiling has a logger that panics there, once.
func TestPanicWhileCompiling(t *testing.T) {
	var once sync.Once
	w := runtimetest.New(t, runtime.Options{CacheDir: t.TempDir(), Logger: slog.New(recorder(func() error {
		once.Do(func() { panic("broken logger") })
		return errors.New("not now")
	}))})
	path := filepath.Join(runtimetest.Write(t, map[string]string{"a.js": `console.log("a")`}), "a.js")
	if err := w.Host.StartAll(path)[0].Err; err == nil || !strings.Contains(err.Error(), "the host panicked: broken logger") {
		t.Errorf("got %v", err)
	}
	if err := w.Host.StartAll(path)[0].Err; err != nil {
		t.Errorf("the id is not free again: %v", err)
	}
}
