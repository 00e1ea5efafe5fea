package runtime_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestStats(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		release := make(chan struct{})
		w := runtimetest.New(t, runtime.Options{
			Namespaces: []rpc.Namespace{&probe{answer: func(*rpc.Call) {}}, &connected{}},
			Console:    func(*runtime.Extension, runtime.ConsoleLevel, string) { <-release },
		})
		ext := w.Load(importSDK + `
			setTimeout(() => {}, 3600_000);
			editor.host.call("probe.ask").catch(() => {});
			editor.host.on("work", () => console.log("working"));
		`)
		synctest.Wait()
		before := ext.Stats()
		for range 3 {
			if err := ext.PushEvent(t.Context(), "work", nil); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(5 * time.Second)
		synctest.Wait() // the first event is being handled
		got := w.Host.Stats().Extensions[0]
		if before.Turns == 0 || before.Running != "" || got.Running != "the event work" || got.Turns != before.Turns+1 {
			t.Errorf("before %+v\nnow %+v", before, got)
		}
		if got.ID != "test" || got.State != runtime.Active || got.Waiting != 2 || got.Calls != 1 || got.Timers != 1 {
			t.Errorf("got %+v", got)
		}
		if got.LongestTurn < 5*time.Second || got.InJavaScript < got.LongestTurn {
			t.Errorf("in JavaScript %v, longest turn %v", got.InJavaScript, got.LongestTurn)
		}
		if len(got.Connections) != 1 || got.Connections[0].ID != "test_ws_0" {
			t.Errorf("connections %+v", got.Connections)
		}
		if got.Requests != (rpc.Requests{Active: 1, BytesIn: 2}) {
			t.Errorf("requests %+v", got.Requests)
		}
		close(release)
		w.Stop(ext)
		if end := ext.Stats(); end.State != runtime.Stopped || end.Waiting+end.Calls+end.Timers != 0 || end.Turns < got.Turns+2 {
			t.Errorf("at the end %+v", end)
		}
	})
}

// A connected session has one connection to tell of.
type connected struct{ probe }

func (c *connected) Methods() []string { return []string{"connected.nothing"} }

func (c *connected) Open(rpc.Caller) rpc.Session { return c }

func (c *connected) Connections() []rpc.Connection { return []rpc.Connection{{ID: "test_ws_0"}} }

func (c *connected) Requests() rpc.Requests { return rpc.Requests{Active: 1, BytesIn: 2} }

func TestHostStats(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{MaxHeap: 1 << 40})
	w.Run(`;`)
	if got := w.Host.Stats(); got.Heap == 0 || got.MaxHeap != 1<<40 || len(got.Extensions) != 1 || got.Zombies != 0 {
		t.Errorf("got %+v", got)
	}
}

// BenchmarkStats is one look at an extension's numbers.
func BenchmarkStats(b *testing.B) {
	ext := runtimetest.New(b, runtime.Options{}).Run(`;`)
	b.ReportAllocs()
	for b.Loop() {
		ext.Stats()
	}
}
