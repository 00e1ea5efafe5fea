package e2e

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
)

const (
	crowdExtensions = 200
	crowdSockets    = 5  // of each of them
	crowdMessages   = 20 // on each socket, in each direction
)

// A crowd is many extensions that talk at the same time.
type crowd struct {
	mu       sync.Mutex
	faults   []string
	accounts int // sockets whose extension has said what it saw
}

// TestCrowd has both sides account for every message: its place, its content,
// and whose it is.
func TestCrowd(t *testing.T) {
	c := new(crowd)
	url := hostnettest.ServePeers(t, func(peer *hostnettest.Peer) { c.complain(peer.Request.URL.Path, serveCrowd(peer)) })
	world := newLabWorld(t, hostnet.Options{CloseGrace: patience}, runtime.Options{CacheDir: t.TempDir(), TurnLimit: patience}, lab{
		"who":     func(id string, _ rpc.Object) (any, error) { return id, nil },
		"account": c.account,
	})
	path := scriptFile(t, script(url, fmt.Sprintf(crowdSource, crowdSockets, crowdMessages)))
	var all []*runtime.Extension
	for n := range crowdExtensions {
		all = append(all, startAs(t, world, path, fmt.Sprintf("member-%03d", n)))
	}
	for _, ext := range all {
		world.Idle(ext)
		world.Stop(ext)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.faults) > 0 || c.accounts != crowdExtensions*crowdSockets || len(world.Lines()) > 0 {
		t.Errorf("%d sockets of %d gave an account, faults: %.2000q, console: %.2000q", c.accounts, crowdExtensions*crowdSockets, c.faults, world.Lines())
	}
}

// account takes what an extension says of one of its sockets.
func (c *crowd) account(id string, params rpc.Object) (any, error) {
	fault, _ := params.Text("fault")
	c.complain(id, fault)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.accounts++
	return nil, nil
}

func (c *crowd) complain(who, fault string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if fault != "" {
		c.faults = append(c.faults, who+": "+fault)
	}
}

// crowdText is what one side sends as its message n. Some are large.
func crowdText(from, path string, n int) string {
	return fmt.Sprintf("%s%s %d %s", from, path, n, strings.Repeat("x", n*n*n%3001))
}

// crowdSource is the other half of serveCrowd.
const crowdSource = `
	const sockets = %d, messages = %d;
	const text = (from, path, n) => from + path + " " + n + " " + "x".repeat(n * n * n %% 3001);
	async function talk(path) {
		const ws = await network.createWebSocket(url + path.slice(1));
		let seen = 0, fault = "";
		const heard = new Promise((fulfil) => ws.onMessage((m) => {
			if (m.data !== text("server", path, seen)) fault ||= "message " + seen + " is " + m.data.slice(0, 100);
			if (++seen === messages) fulfil();
		}));
		const ended = new Promise((fulfil) => ws.onClose((info) => fulfil(info.code)));
		const sends = [];
		for (let n = 0; n < messages; n++) sends.push(ws.send(text("client", path, n)));
		await Promise.all(sends);
		await heard;
		await ws.close();
		const code = await ended;
		if (code !== 1000 || seen !== messages) fault ||= seen + " messages, then close " + code;
		return fault;
	}
	onLoad(async () => {
		const id = await editor.host.call("lab.who");
		for (let n = 0; n < sockets; n++)
			talk("/" + id + "/" + n).catch(String).then((fault) => editor.host.call("lab.account", { fault }));
	});`

// serveCrowd sends and receives all messages of one socket at the same time. It
// says what is wrong with what came.
func serveCrowd(peer *hostnettest.Peer) (fault string) {
	path := peer.Request.URL.Path
	var sending sync.WaitGroup
	defer sending.Wait()
	sending.Go(func() {
		for n := range crowdMessages {
			peer.Send(hostnettest.Text, crowdText("server", path, n))
		}
	})
	for n := range crowdMessages {
		if first, payload, err := peer.Receive(); err != nil || first != hostnettest.Text || payload != crowdText("client", path, n) {
			return fmt.Sprintf("message %d is %.100q, %v", n, payload, err)
		}
	}
	if payload, ok := peer.AnswerClose(); !ok || payload != hostnettest.ClosePayload(1000, "") {
		return fmt.Sprintf("close %q, %v", payload, ok)
	}
	return ""
}

// TestMillionMessages are sent while the script stands still: the server must
// have to wait, memory must stay within the bound of what may be under way, and
// all of them must arrive when the script goes on.
func TestMillionMessages(t *testing.T) {
	million := 1_000_000
	if raceDetector {
		million = 150_000 // in the same time
	}
	for name, flood := range map[string]*flood{
		"small":                 {count: million, size: 60},
		"large, bound by bytes": {count: 1000, size: 100_000},
	} {
		t.Run(name, func(t *testing.T) { flood.run(t) })
	}
	observed.Note(t, "the server had to wait, memory stayed within the bound, then all arrived in order")
}

// A flood is many messages at once.
type flood struct {
	count, size int

	stalled   chan struct{} // closed when the script stands still
	throttled chan int      // gets how much was written when the server has to wait
	release   chan struct{} // closed when the script may go on
}

const (
	floodBlocked = 300 * time.Millisecond // after how long a write counts as one that waits
	floodSlack   = 4 << 20                // for buffers of the server and the garbage of a VM
)

func (f *flood) run(t *testing.T) {
	f.stalled, f.throttled, f.release = make(chan struct{}), make(chan int, 1), make(chan struct{})
	url := hostnettest.ServePeers(t, f.play)
	world := newLabWorld(t, hostnet.Options{}, runtime.Options{TurnWarning: patience, TurnLimit: 2 * patience}, lab{
		"stall": func(string, rpc.Object) (any, error) {
			close(f.stalled)
			<-f.release
			return nil, nil
		},
	})
	before := weigh()
	ext := startAs(t, world, scriptFile(t, script(url, fmt.Sprintf(floodSource, f.count, f.size))), "flooded")
	select {
	case written := <-f.throttled:
		growth := weigh().heap - before.heap
		t.Logf("the server was stopped after %d of %d bytes; the heap has grown by %d KiB", written, f.count*f.size, growth>>10)
		if growth > 8<<20+floodSlack {
			t.Errorf("the heap has grown by %d bytes", growth)
		}
	case <-time.After(patience):
		t.Error("the server never had to wait")
	}
	close(f.release)
	world.Idle(ext)
	world.Stop(ext)
	if want := fmt.Sprintf("%d in order, close 1000", f.count); world.Output() != want {
		t.Errorf("the extension wrote %q, want %q", world.Output(), want)
	}
}

// floodSource stands still with the first message.
const floodSource = `
	const count = %d, size = %d;
	onLoad(async () => {
		const ws = await network.createWebSocket(url);
		let seen = 0, wrong = 0;
		ws.onMessage((m) => {
			if (seen === 0) editor.host.call("lab.stall");
			if (m.data.length !== size || Number(m.data) !== seen) wrong++;
			seen++;
		});
		ws.onClose((info) => log(wrong > 0 ? wrong + " wrong" : seen + " in order, close " + info.code));
	});`

// play sends everything, in pieces of many messages, and tells when the client's
// side makes it wait for the first time.
func (f *flood) play(peer *hostnettest.Peer) {
	peer.Write(f.frames(0, 1))
	<-f.stalled
	written, free := 0, true
	per := max(1, 64<<10/f.size)
	for n := 1; n < f.count; n += per {
		piece := f.frames(n, min(n+per, f.count))
		if free {
			peer.SetWriteDeadline(time.Now().Add(floodBlocked))
		}
		done, err := peer.Write(piece)
		written += done
		if errors.Is(err, os.ErrDeadlineExceeded) {
			f.throttled <- written
			free = false
			peer.SetWriteDeadline(time.Time{})
			peer.Write(piece[done:])
		}
	}
	peer.SetWriteDeadline(time.Time{})
	peer.Send(hostnettest.Close, hostnettest.ClosePayload(1000, ""))
	peer.Await(hostnettest.Close)
}

// frames are the messages from one number to another: the numbers, with blanks
// before them.
func (f *flood) frames(from, to int) []byte {
	var all []byte
	for n := from; n < to; n++ {
		all = append(all, hostnettest.Frame(hostnettest.Text, fmt.Sprintf("%*d", f.size, n))...)
	}
	return all
}
