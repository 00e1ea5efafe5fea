package e2e

import (
	"context"
	"crypto/x509"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

var (
	chaosTime = flag.Duration("chaos.time", 4*time.Second, "how long TestChaos makes new connections, or longer until there are enough")
	chaosSeed = flag.Uint64("chaos.seed", 0, "what all choices of TestChaos follow from; 0: another one each time")
)

const (
	chaosExtensions = 10      // the odd ones with the published SDK
	chaosLeast      = 60      // connections that each SDK opens, however long it takes
	chaosOutgoing   = 1 << 20 // bytes that may wait on a connection
	chaosReports    = 5       // differences that are shown
)

// A chaos is a host whose extensions' connections all go wrong, a server that
// makes them go wrong, and somebody who stops and starts the extensions.
type chaos struct {
	t      *testing.T
	seed   uint64
	world  *runtimetest.World
	server *chaosServer
	paths  map[bool]string // of the extension, by whether it brings the published SDK
	drain  chan struct{}   // closed when no new connection is made

	mu     sync.Mutex
	rounds map[string]*round // by extension
	bouts  int
	counts map[string]int // of the bouts, by kind
	wrong  int
}

// TestChaos has connections of extensions fail in all ways at random, and
// compares what each side saw with a model of what it must have seen. The plan
// of each connection follows from the seed; the order in time doesn't.
func TestChaos(t *testing.T) {
	c := newChaos(t)
	var running sync.WaitGroup
	for n := range chaosExtensions {
		running.Go(func() { c.keep(fmt.Sprintf("fighter-%d", n), n%2 == 1, n < 2) })
	}
	clock := time.NewTimer(*chaosTime)
	outages := throw(c.seed, "outages")
	for over := false; !over || !c.enough() && !t.Failed(); {
		select {
		case <-clock.C:
			over = true
		case <-time.After(500*time.Millisecond + outages.ms(1500)):
			c.server.goDown()
			<-time.After(outages.ms(60))
			c.server.goUp()
		}
	}
	close(c.drain)
	close(c.server.over)
	running.Wait()
	t.Logf("seed %d: %d connections were tried, %v", c.seed, c.bouts, c.counts)
	if errs := c.world.Errors(); len(errs) > 0 {
		t.Errorf("%d uncaught errors, the first %v", len(errs), errs[0].Detail())
	}
	if c.wrong > 0 {
		t.Errorf("%d differences; again with -run Chaos -chaos.time %v -chaos.seed %d", c.wrong, *chaosTime, c.seed)
	}
}

func newChaos(t *testing.T) *chaos {
	c := &chaos{t: t, seed: *chaosSeed, drain: make(chan struct{}), rounds: make(map[string]*round), counts: make(map[string]int)}
	c.paths = map[bool]string{
		false: scriptFile(t, chaosScript(t, "chaos_builtin.js")),
		true:  scriptFile(t, bundle(t, chaosScript(t, "chaos_published.js"))),
	}
	for c.seed == 0 {
		c.seed = rand.Uint64()
	}
	authority := hostnettest.NewAuthority(t)
	c.server = newChaosServer(t, authority)
	c.world = newLabWorld(t, hostnet.Options{
		RootCAs:    []*x509.Certificate{authority.Certificate},
		MaxMessage: chaosLimit, MaxOutgoingBytes: chaosOutgoing, MaxIncomingEvents: 64, MaxIncomingBytes: 1 << 20,
		PingInterval: 200 * time.Millisecond, PingTimeout: 3 * time.Second,
	}, runtime.Options{CacheDir: t.TempDir(), TurnLimit: patience}, lab{
		"next":   c.next,
		"tell":   c.tell,
		"calm":   func(string, rpc.Object) (any, error) { return c.server.url + "calm", nil },
		"places": c.places,
	})
	return c
}

// chaosScript is the extension with what one SDK or the other needs before it.
func chaosScript(t *testing.T, first string) (source string) {
	t.Helper()
	for _, name := range []string{first, "chaos.js"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		source += string(text)
	}
	return source
}

// keep starts an extension again and again, until the chaos is over, or once if
// it is calm.
func (c *chaos) keep(id string, published, calm bool) {
	for n := 0; !c.draining(); n++ {
		r := &round{key: fmt.Sprintf("%s/%d", id, n), published: published, places: make(chan note, 1), bouts: make(map[string]*bout), taken: make(map[string]bool)}
		c.mu.Lock()
		c.rounds[id] = r
		c.mu.Unlock()
		ext, err := c.world.Host.Start(c.paths[r.published], id)
		if err != nil {
			c.t.Error(err)
			return
		}
		c.wait(r, throw(c.seed, r.key).ms(3000), calm)
		if err := ext.Stop(context.Background()); err != nil || ext.State() != runtime.Stopped {
			c.t.Errorf("%s: %v, state %v, %v", r.key, err, ext.State(), ext.Err())
		}
		c.close(r)
	}
}

func (c *chaos) draining() bool {
	select {
	case <-c.drain:
		return true
	default:
		return false
	}
}

// wait lets a round go on for a while: until its end if it is calm or there is
// nothing new to begin.
func (c *chaos) wait(r *round, d time.Duration, calm bool) {
	if !calm {
		select {
		case <-time.After(d):
			return
		case <-c.drain:
		}
	}
	<-c.drain
	select {
	case places := <-r.places:
		if places.n != 5 || places.code != "ERR_LIMIT" {
			c.t.Errorf("seed %d, %s: %d connections could be opened at the end, then %q", c.seed, r.key, places.n, places.code)
		}
	case <-time.After(4 * patience):
		c.t.Errorf("seed %d, %s: its connections don't end\n%s", c.seed, r.key, r.unfinished())
	}
}

// next hands out the plan of an extension's next connection, if there is one.
func (c *chaos) next(id string, _ rpc.Object) (any, error) {
	if c.draining() {
		return nil, nil
	}
	r := c.round(id)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, b := range r.bouts {
		if b.settled() {
			c.judge(r, b, false)
		}
	}
	p := newPlan(c.seed, fmt.Sprintf("%s/%d", r.key, r.begun))
	r.begun++
	if r.published {
		p.publish()
	}
	p.URL = c.server.urlOf(p)
	r.bouts[p.Key] = c.server.enter(p)
	return p, nil
}

func (c *chaos) tell(id string, params rpc.Object) (any, error) {
	r := c.round(id)
	key, _ := params.Text("key")
	r.mu.Lock()
	defer r.mu.Unlock()
	b, known := r.bouts[key]
	if r.sealed || !known {
		c.t.Errorf("seed %d, %s says something of %s, which is over: %v", c.seed, r.key, key, params)
		return nil, nil
	}
	b.tell(noteOf(params, c.server.now()))
	return nil, nil
}

func (c *chaos) places(id string, params rpc.Object) (any, error) {
	c.round(id).places <- noteOf(params, 0)
	return nil, nil
}

func (c *chaos) round(id string) *round {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rounds[id]
}

// close judges the bouts of a round that has ended.
func (c *chaos) close(r *round) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sealed = true
	for _, b := range r.bouts {
		lost := b.seal()
		if !b.partedSoon() {
			c.report(b, []string{"the server's part doesn't end"})
			continue
		}
		c.judge(r, b, lost)
	}
}

// judge judges a bout that is over, and forgets it.
func (c *chaos) judge(r *round, b *bout, lost bool) {
	delete(r.bouts, b.plan.Key)
	c.server.forget(b)
	differences := judged(b, lost, chaosOutgoing)
	if id := b.connectionID(); id != "" && r.taken[id] {
		differences = append(differences, "the id "+id+" is given twice")
	} else {
		r.taken[id] = true
	}
	c.report(b, differences)
}

func (c *chaos) report(b *bout, differences []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bouts++
	c.count(b)
	if len(differences) == 0 {
		return
	}
	if c.wrong++; c.wrong <= chaosReports {
		c.t.Errorf("seed %d, %s: %q\n%s", c.seed, b.plan.Key, differences, b.trace())
	}
}

// count notes what kind of bout one was. The caller holds mu.
func (c *chaos) count(b *bout) {
	if b.connectionID() == "" {
		return
	}
	c.counts[opened(b.plan.published)]++
	if b.failed() {
		c.counts["lost with an error"]++
	}
}

// enough reports whether both SDKs have had their share.
func (c *chaos) enough() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts[opened(false)] >= chaosLeast && c.counts[opened(true)] >= chaosLeast
}

// opened is what counts the connections that one SDK has opened.
func opened(published bool) string {
	if published {
		return "opened by the published SDK"
	}
	return "opened by the built-in SDK"
}
