package e2e

import (
	"fmt"
	goruntime "runtime"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// What a soak compares.
const (
	soakCycles = 1000 // after those that fill pools and caches
	soakFirst  = 200
	soakLate   = 20  // goroutines and descriptors that may end in their own time
	soakSlope  = 512 // bytes of heap that a cycle may leave: a VM has 400 times that
)

// A burden is what a process carries at one time.
type burden struct {
	goroutines, descriptors int
	heap                    int64
}

// TestSoak activates an extension a thousand times, has it talk, and ends its
// connection in each of the ways in which one can end.
func TestSoak(t *testing.T) {
	told, parted := make(chan struct{}, 1), make(chan struct{}, 1)
	visits := 0
	url := hostnettest.ServePeers(t, func(peer *hostnettest.Peer) {
		visits++
		talkAndPart(peer, visits)
		parted <- struct{}{}
	})
	world := newLabWorld(t, hostnet.Options{}, runtime.Options{CacheDir: t.TempDir()}, lab{"done": func(string, rpc.Object) (any, error) {
		told <- struct{}{}
		return nil, nil
	}})
	path := scriptFile(t, script(url, soakSource))
	var before burden
	for n := range soakFirst + soakCycles {
		if n == soakFirst {
			before = weigh()
		}
		soakOnce(t, world, path, told, parted)
	}
	before.compare(t, weigh())
	observed.Note(t, fmt.Sprintf("after %d more at most %d more goroutines and descriptors, and %d bytes of heap each", soakCycles, soakLate, soakSlope))
}

// soakSource says when it has talked: the connection is closed then, unless the
// server leaves that to the deactivation.
const soakSource = `
	const done = () => editor.host.call("lab.done");
	onLoad(async () => {
		const ws = await network.createWebSocket(url);
		ws.onClose(done);
		ws.onMessage(async (m) => {
			if (m.data === "stay") return done();
			if (m.data === "close") return ws.close(3000, "as told");
			await ws.send(m.bytes ?? { echo: m.data });
		});
		setInterval(() => {}, 1000);
	});`

// soakOnce is one cycle. The server's side is over when it returns.
func soakOnce(t *testing.T, world *runtimetest.World, path string, told, parted <-chan struct{}) {
	t.Helper()
	ext := startAs(t, world, path, "soaked")
	soon(t, told, "the extension has talked")
	world.Stop(ext)
	soon(t, parted, "the server's connection has ended")
}

// talkAndPart exchanges some messages, and ends the connection in one way or
// another.
func talkAndPart(peer *hostnettest.Peer, n int) {
	for _, size := range []string{"x", string(make([]byte, 20_000))} {
		peer.Send(hostnettest.Text, "text "+size)
		peer.Await(hostnettest.Text)
		peer.Send(hostnettest.Binary, size)
		peer.Await(hostnettest.Binary)
	}
	switch n % 6 {
	case 0:
		peer.Send(hostnettest.Text, "close")
		peer.AnswerClose()
	case 1:
		peer.Send(hostnettest.Text, "stay")
		peer.AnswerClose()
	case 2:
		peer.Send(hostnettest.Close, hostnettest.ClosePayload(1000, "bye"))
		peer.AnswerClose()
	case 3:
		peer.Write(hostnettest.Frame(hostnettest.Text, "cut off")[:5])
		peer.Cut()
	case 4:
		peer.Reset()
	case 5:
		peer.Write(hostnettest.MaskedFrame(hostnettest.Text, "masked"))
		peer.AnswerClose()
	}
}

// soon waits for something that a test expects.
func soon(t *testing.T, happened <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-happened:
	case <-time.After(patience):
		t.Fatalf("waited in vain until %s", what)
	}
}

// weigh measures after what is garbage has gone. Two collections, because a
// cleanup runs after the first.
func weigh() burden {
	goruntime.GC()
	goruntime.GC()
	var memory goruntime.MemStats
	goruntime.ReadMemStats(&memory)
	return burden{goruntime.NumGoroutine(), leaktest.Descriptors(), int64(memory.HeapAlloc)}
}

func (before burden) compare(t *testing.T, after burden) {
	t.Helper()
	slope := (after.heap - before.heap) / soakCycles
	t.Logf("%d cycles: goroutines %d, then %d; descriptors %d, then %d; heap %d KiB, then %d KiB: %d bytes a cycle", soakCycles,
		before.goroutines, after.goroutines, before.descriptors, after.descriptors, before.heap>>10, after.heap>>10, slope)
	if after.goroutines > before.goroutines+soakLate {
		t.Errorf("%d goroutines, then %d", before.goroutines, after.goroutines)
	}
	if before.descriptors == 0 {
		t.Log("DESCRIPTORS ARE NOT COUNTED: this system lists them nowhere")
	}
	if after.descriptors > before.descriptors+soakLate {
		t.Errorf("%d descriptors, then %d", before.descriptors, after.descriptors)
	}
	if slope > soakSlope {
		t.Errorf("each cycle leaves %d bytes in the heap", slope)
	}
}
