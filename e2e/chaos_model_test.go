package e2e

import (
	"fmt"
	"slices"
	"strings"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// A judge compares what both sides of a bout tell with what they must tell.
type judge struct {
	*bout
	lost        bool // the extension was ended before the bout was
	outgoing    int  // bytes that may wait to be sent
	differences []string

	open, refused, listen, closing, closed, fault, last int // where these were told, or -1
}

// judged returns what is wrong with a bout that is over.
func judged(b *bout, lost bool, outgoing int) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	find := func(what string) int { return slices.IndexFunc(b.notes, func(n note) bool { return n.what == what }) }
	j := &judge{bout: b, lost: lost, outgoing: outgoing, open: find("open"), refused: find("refused"),
		listen: find("listen"), closing: find("closing"), closed: find("close"), fault: find("error"), last: find("over")}
	if j.closed >= 0 && j.closing > j.closed {
		j.closing = -1 // too late to matter
	}
	j.meeting()
	if j.open >= 0 {
		j.order()
		j.incoming()
		j.ending()
		j.sends()
		j.received()
		j.amounts()
	}
	return j.differences
}

func (j *judge) wrong(format string, args ...any) {
	j.differences = append(j.differences, fmt.Sprintf(format, args...))
}

// undisturbed says that nobody but the plan's server has ended the connection.
func (j *judge) undisturbed() bool { return !j.lost && !j.cut && j.closing < 0 }

// meeting judges what became of the handshake.
func (j *judge) meeting() {
	if j.last < 0 && !j.lost {
		j.wrong("it is not over")
	}
	if j.refused < 0 {
		if j.open >= 0 && j.plan.meet != "accept" {
			j.wrong("it opened, though the server's part is %s", j.plan.meet)
		}
		return
	}
	got, allowed := j.notes[j.refused], ""
	for _, meeting := range meetings {
		if meeting.name == j.plan.meet {
			allowed = meeting.codes
		}
	}
	if slices.ContainsFunc(j.notes[:j.refused], func(n note) bool { return n.what == "abort" }) || j.lost {
		allowed += " ERR_ABORTED"
	}
	if j.began != got.epoch || j.began%2 == 1 {
		allowed += " ERR_CONNECT ERR_HANDSHAKE ERR_TLS"
	}
	if j.notes[0].n >= 5 {
		allowed += " ERR_LIMIT"
	}
	if !slices.Contains(strings.Fields(allowed), got.code) {
		j.wrong("it was refused with %s %q, not with %q", got.code, got.data.data, allowed)
	}
}

// order judges which events there were, and when.
func (j *judge) order() {
	counts := map[string]int{}
	for at, n := range j.notes {
		counts[n.what]++
		after := ""
		switch {
		case n.what == "message" && j.closing >= 0 && at > j.closing:
			after = "close()"
		case n.what == "message" && j.closed >= 0 && at > j.closed && j.listen < j.closed,
			n.what == "error" && j.closed >= 0 && at > j.closed:
			after = "the close event"
		case n.what == "unclosed":
			after = "close(), which was refused"
		}
		if after != "" {
			j.wrong("note %d, %s, comes after %s", at, n.what, after)
			break
		}
	}
	if counts["close"] > 1 || counts["error"] > 1 || !j.lost && counts["close"] == 0 {
		j.wrong("%d close events and %d error events", counts["close"], counts["error"])
	}
	if closed := slices.IndexFunc(j.notes, func(n note) bool { return n.what == "closed" }); closed >= 0 && (j.closed < 0 || closed < j.closed) {
		j.wrong("close() was fulfilled before the close event")
	}
}

// incoming judges the messages of the server.
func (j *judge) incoming() {
	var got []message
	for _, n := range j.notes {
		if n.what == "message" {
			got = append(got, n.data)
		}
	}
	for i, m := range got {
		if i >= len(j.spoken) || m != j.spoken[i] {
			j.wrong("message %d is %.60q (%d bytes)", i, m.data, len(m.data))
			return
		}
	}
	late := j.closed >= 0 && (j.listen < 0 || j.listen > j.closed)
	if len(got) > j.whole || j.undisturbed() && !late && len(got) < j.whole {
		j.wrong("%d messages of %d", len(got), j.whole)
	}
}

// ending judges the close event, and the error event before it.
func (j *judge) ending() {
	if j.closed < 0 {
		return
	}
	n := j.notes[j.closed]
	got := fmt.Sprintf("%s %q, error %v", n.code, n.data.data, j.fault >= 0)
	if allowed := j.endings(); !slices.Contains(allowed, got) {
		j.wrong("the end is %s, not one of %q", got, allowed)
	}
}

// endings are the ends that there may be, in the words of ending.
func (j *judge) endings() []string {
	planned, broken := j.planned()
	if j.undisturbed() && planned != "" {
		return []string{planned}
	}
	if !j.lost && !j.cut && j.plan.end == "serves" {
		asked := j.notes[j.closing]
		return []string{fmt.Sprintf("%s %q, error false", asked.code, asked.data.data)}
	}
	allowed := []string{oneEnd(1006, "", true)}
	if broken {
		allowed = append(allowed, planned)
	}
	if j.closing >= 0 {
		allowed = append(allowed, oneEnd(1006, "", false))
	}
	if j.goodbye != nil {
		allowed = append(allowed, goodbyeEnd(*j.goodbye))
	}
	return allowed
}

// planned is the end that the server's part leads to, if it leads to any, and
// whether that is a breach of the protocol which has been made.
func (j *judge) planned() (end string, broken bool) {
	for _, ending := range endings {
		switch {
		case ending.name != j.plan.end || ending.code < 0:
		case ending.code == 0:
			return oneEnd(j.plan.code, j.plan.reason, false), false
		default:
			breach := ending.code != 1005 && ending.code != 1006
			return oneEnd(ending.code, "", ending.code != 1005), breach && j.broke
		}
	}
	return "", false
}

func oneEnd(code int, reason string, failed bool) string {
	return fmt.Sprintf("%d %q, error %v", code, reason, failed)
}

// goodbyeEnd is the end that a Close frame of the server leads to.
func goodbyeEnd(payload string) string {
	if payload == "" {
		return oneEnd(1005, "", false)
	}
	return oneEnd(int(payload[0])<<8|int(payload[1]), payload[2:], false)
}

// received judges what the server got.
func (j *judge) received() {
	data, pongs, last := j.messages()
	if !isSubsequence(pongs, j.pings) {
		j.wrong("pongs %q answer pings %q", pongs, j.pings)
	}
	fulfilled, possible := j.offered()
	if j.lost {
		if !isSubsequence(data, possible) {
			j.wrong("the server got %d messages, not a part of the %d that were sent", len(data), len(possible))
		}
	} else if len(data) > len(possible) || !slices.Equal(data, possible[:len(data)]) {
		j.wrong("the server got %d messages, not the first of the %d that were sent", len(data), len(possible))
	}
	if last != nil && !isSubsequence(fulfilled, data) {
		j.wrong("the server got %d messages and Close, but %d sends were fulfilled", len(data), len(fulfilled))
	}
	if last != nil && j.heard[len(j.heard)-1].first != hostnettest.Close {
		j.wrong("the server got frames after Close")
	}
}

// offered are the messages whose sends were fulfilled, and those that were not
// rejected, as far as is known.
func (j *judge) offered() (fulfilled, possible []message) {
	outcomes := map[int]note{}
	for _, n := range j.notes {
		if n.what == "sent" {
			outcomes[n.n] = n
		}
	}
	for _, n := range j.notes {
		if n.what != "send" {
			continue
		}
		outcome, settled := outcomes[n.n]
		if settled && outcome.code == "" {
			fulfilled = append(fulfilled, sent(n.n, n.kind, n.size))
		}
		if !settled || outcome.code == "" {
			possible = append(possible, sent(n.n, n.kind, n.size))
		}
	}
	return fulfilled, possible
}
