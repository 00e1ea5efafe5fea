package runtime_test

import (
	goruntime "runtime"
	"testing"

	"github.com/dlclark/regexp2/v2"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// heapSize is what the process holds, after all that it doesn't has gone.
func heapSize() int64 {
	for range 3 { // cleanups let go of more
		goruntime.GC()
	}
	var stats goruntime.MemStats
	goruntime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestEndedExtensionHoldsNothing weighs an extension that has ended: its world
// has been let go of, although the extension itself has not.
func TestEndedExtensionHoldsNothing(t *testing.T) {
	defer regexp2.StopTimeoutClock()
	w := runtimetest.New(t, runtime.Options{})
	before := heapSize()
	ext := w.Run(importSDK + `
		editor.onLoad(() => {});
		globalThis.held = Array.from({ length: 100_000 }, (_, i) => ({ i }));
		globalThis.groups = Object.groupBy(held, ({ i }) => i % 3);
		globalThis.refs = held.slice(0, 100).map((o) => new WeakRef(o));
		globalThis.registry = new FinalizationRegistry(() => {});
		for (const o of held.slice(0, 100)) registry.register(o, 1);
		globalThis.late = held.values().map((o) => o.i).take(5).toArray();
		console.log("😀".match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/).length);`)
	const most = 8 << 20
	if running := heapSize() - before; running < most {
		t.Fatalf("a running extension holds %d bytes, which is too little to tell anything", running)
	}
	w.Stop(ext)
	if left := heapSize() - before; left > most {
		t.Errorf("an extension that has ended holds %d bytes", left)
	}
	goruntime.KeepAlive(ext)
}

// TestLongLivedSignalHoldsNothing makes many signals that depend on one, to
// which nobody listens, or not any longer.
func TestLongLivedSignalHoldsNothing(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	before := heapSize()
	ext := w.Run(`
		globalThis.controller = new AbortController();
		for (let i = 0; i < 20_000; i++) {
			const signal = AbortSignal.any([controller.signal]), listener = () => {};
			if (i % 4 > 0) continue;
			signal.addEventListener("abort", listener);
			signal.removeEventListener("abort", listener);
		}`)
	if held := heapSize() - before; held > 20<<20 {
		t.Errorf("%d bytes are held", held)
	}
	goruntime.KeepAlive(ext)
}
