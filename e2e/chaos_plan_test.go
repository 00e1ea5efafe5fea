package e2e

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"
)

// A plan is all that is to happen on one connection of the chaos. It follows
// from the seed and the connection's key alone.
type plan struct {
	Key     string      `json:"key"`     // of its extension, activation and place in that
	URL     string      `json:"url"`     // made when it is handed out
	Timeout int         `json:"timeout"` // of the handshake in ms; 0: none
	Abort   int         `json:"abort"`   // after so many ms; 0: never
	Late    int         `json:"late"`    // ms until onMessage is called
	Steps   []act       `json:"steps"`   // of the extension, one after the other
	At      map[int]act `json:"at"`      // in the handler of that message
	secure  bool        // over TLS

	published bool          // by the published SDK
	meet      string        // what becomes of the handshake
	delay     time.Duration // before it is answered
	play      []serverAct   // of the server
	end       string        // how the server ends: one of endings
	code      int           // of its close
	reason    string
}

// An act is something that an extension does.
type act struct {
	Do     string `json:"do"`
	Kind   string `json:"kind"`   // of what is sent: text, json or binary
	Size   int    `json:"size"`   // of that
	Count  int    `json:"count"`  // how often
	MS     int    `json:"ms"`     // of waiting
	Code   int    `json:"code"`   // of a close
	Reason string `json:"reason"` // of that
}

// A serverAct is something that a server does.
type serverAct struct {
	do    string
	size  int
	count int
	wait  time.Duration
}

// The ways in which a server can end a connection, and the first code that it
// must be reported with: 0 is that of the plan, -1 that of whoever closes.
var endings = []struct {
	name   string
	weight int
	code   int
}{
	{"serves", 40, -1},
	{"closes", 14, 0},
	{"closes without a code", 4, 1005},
	{"closes with an illegal code", 2, 1002},
	{"closes with half a code", 1, 1002},
	{"closes with an illegal reason", 2, 1007},
	{"ends between frames", 6, 1006},
	{"ends inside a frame", 6, 1006},
	{"ends between fragments", 4, 1006},
	{"resets between frames", 5, 1006},
	{"resets inside a frame", 4, 1006},
	{"masks", 3, 1002},
	{"reserves", 3, 1002},
	{"says nonsense", 3, 1002},
	{"continues nothing", 2, 1002},
	{"pings at length", 2, 1002},
	{"miswrites text", 3, 1007},
	{"announces too much", 3, 1009},
	{"stalls", 2, 1006},
}

// meetings are what becomes of handshakes that fail, and the codes of that.
var meetings = []struct {
	name  string
	codes string
}{
	{"401", "ERR_HANDSHAKE"},
	{"503", "ERR_HANDSHAKE"},
	{"redirect", "ERR_HANDSHAKE"},
	{"another protocol", "ERR_HANDSHAKE"},
	{"wrong key", "ERR_HANDSHAKE"},
	{"cut", "ERR_CONNECT ERR_HANDSHAKE"},
	{"cut inside", "ERR_CONNECT ERR_HANDSHAKE"},
	{"silence", "ERR_TIMEOUT"},
	{"refused", "ERR_CONNECT"},
	{"reserved", "ERR_URL_BLOCKED"},
}

// dice are the choices of one thing.
type dice struct{ *rand.Rand }

// throw makes the dice of what has a name.
func throw(seed uint64, name string) dice {
	sum := fnv.New64a()
	sum.Write([]byte(name))
	return dice{rand.New(rand.NewPCG(seed, sum.Sum64()))}
}

func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

func (d dice) ms(most int) time.Duration { return time.Duration(d.IntN(most+1)) * time.Millisecond }

func (d dice) pick(options ...string) string { return options[d.IntN(len(options))] }

// size is mostly small, and sometimes of many frames, buffers and pieces.
func (d dice) size() int {
	switch n := d.IntN(100); {
	case n < 80:
		return d.IntN(200)
	case n < 97:
		return d.IntN(20_000)
	}
	return d.IntN(600_000)
}

func newPlan(seed uint64, key string) plan {
	d := throw(seed, key)
	p := plan{Key: key, secure: d.chance(30), meet: "accept", Steps: []act{}, At: map[int]act{}}
	p.drawMeeting(d)
	p.drawServer(d)
	p.drawClient(d)
	return p
}

func (p *plan) drawMeeting(d dice) {
	if d.chance(12) {
		p.meet = meetings[d.IntN(len(meetings))].name
	}
	if d.chance(10) {
		p.delay = d.ms(30)
	}
	if p.meet == "silence" {
		p.Timeout = 50 + d.IntN(200)
	}
	if d.chance(6) {
		p.Abort = 1 + d.IntN(30)
	}
}

func (p *plan) drawServer(d dice) {
	for range d.IntN(12) {
		a := serverAct{do: d.pick("text", "text", "text", "binary", "fragments", "ping", "pong", "pause", "burst", "deaf"), size: d.size(), wait: d.ms(20), count: 1 + d.IntN(6)}
		switch a.do {
		case "burst":
			a.do, a.size, a.count = "text", d.IntN(100), 20+d.IntN(200)
		case "deaf":
			a.wait = d.ms(80)
		case "ping", "pong":
			a.size = d.IntN(126)
		}
		p.play = append(p.play, a)
	}
	total := 0
	for _, ending := range endings {
		total += ending.weight
	}
	n := d.IntN(total)
	for _, ending := range endings {
		if n -= ending.weight; n < 0 {
			p.end = ending.name
			break
		}
	}
	p.code = []int{1000, 1001, 1003, 1008, 1011, 1012, 3000, 4999}[d.IntN(8)]
	p.reason = []string{"", "bye", "für immer", strings.Repeat("r", 123)}[d.IntN(4)]
}

func (p *plan) drawClient(d dice) {
	if d.chance(20) {
		p.Late = 1 + d.IntN(60)
	}
	for range d.IntN(8) {
		p.Steps = append(p.Steps, d.act())
	}
	for range d.IntN(3) {
		a := d.act()
		if a.Do == "settle" || a.Do == "pause" { // a handler can't wait
			a = act{Do: "throw"}
		}
		p.At[d.IntN(30)] = a
	}
	if d.chance(10) {
		p.At[d.IntN(10)] = d.closing()
	}
	if p.end == "serves" || d.chance(15) {
		p.Steps = append(p.Steps, d.closing())
		if d.chance(30) {
			p.Steps = append(p.Steps, act{Do: "send", Kind: "text", Size: 5, Count: 2}, d.closing())
		}
	}
}

// publish leaves out of a plan what the published SDK can't do.
func (p *plan) publish() {
	p.published = true
	if p.meet == "silence" { // for as long as the host likes
		p.meet = "401"
	}
	p.Timeout, p.Abort, p.Late = 0, 0, 0
	for i, a := range p.Steps {
		p.Steps[i] = a.published()
	}
	for n, a := range p.At {
		p.At[n] = a.published()
	}
}

func (a act) published() act {
	switch {
	case a.Do == "amount":
		a.Do = "pause"
	case a.Do == "close":
		a.Code, a.Reason = 1000, ""
	case a.Kind == "binary":
		a.Kind = "text"
	}
	return a
}

func (d dice) act() act {
	switch d.IntN(10) {
	case 0, 1, 2:
		return act{Do: "send", Kind: d.pick("text", "json", "binary"), Size: d.size(), Count: 1 + d.IntN(3)}
	case 3:
		return act{Do: "send", Kind: "text", Size: d.IntN(60), Count: 30 + d.IntN(150)}
	case 4, 5:
		return act{Do: "pause", MS: d.IntN(20)}
	case 6:
		return act{Do: "settle"}
	case 7:
		if d.chance(10) {
			return act{Do: "busy", MS: 50}
		}
		return act{Do: "busy", MS: d.IntN(4)}
	case 8:
		return act{Do: "amount"}
	}
	return act{Do: "invalid"}
}

func (d dice) closing() act {
	return act{Do: "close", Code: []int{1000, 3000, 4321}[d.IntN(3)], Reason: d.pick("", "done", "schön war's")}
}

// sent is what an extension sends as its number k. Its own way to make the same
// is in testdata/chaos.js.
func sent(k int, kind string, size int) message {
	switch kind {
	case "binary":
		return message{true, strings.Repeat(string([]byte{byte(k)}), size) + string([]byte{byte(size)})}
	case "json":
		return message{false, fmt.Sprintf(`{"k":%d,"x":"%s"}`, k, strings.Repeat("ä€", size/5))}
	}
	return message{false, fmt.Sprintf("%d:%s", k, strings.Repeat("x", size))}
}

// spoken is what a server sends as its message n.
func spoken(key string, n, size int, binary bool) message {
	return message{binary, fmt.Sprintf("%s %d %s", key, n, strings.Repeat("s", size))}
}

// A message is one of either side.
type message struct {
	binary bool
	data   string
}
