package runtime_test

import (
	"log/slog"
	goruntime "runtime"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestHeapOfTheEmbedderIsNobodysFault(t *testing.T) {
	ballast := make([]byte, 512<<20)
	var log lockedBuffer
	w := runtimetest.New(t, runtime.Options{MaxHeap: 256 << 20, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	ext := w.Run(`let n = 0; const id = setInterval(() => { if (++n === 100) { clearInterval(id); console.log("done") } }, 3)`)
	goruntime.KeepAlive(ballast)
	if ext.State() != runtime.Active || w.Output() != "done" {
		t.Errorf("it is %v: %v", ext.State(), ext.Err())
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 || !strings.Contains(log.String(), "fault=host_heap") {
		t.Errorf("%d errors:\n%s", n, log.String())
	}
}

func TestGarbageIsNobodysFault(t *testing.T) {
	ballast := make([]byte, 300<<20)
	w := runtimetest.New(t, runtime.Options{MaxHeap: 512 << 20})
	ext := w.Run(`setTimeout(() => { let kept; for (let i = 0; i < 300; i++) kept = new Uint8Array(1e7) }, 1)`)
	goruntime.KeepAlive(ballast)
	if ext.State() != runtime.Active {
		t.Errorf("it is %v: %v", ext.State(), ext.Err())
	}
}
