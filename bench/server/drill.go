package main

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/srcnexus/extrun/bench/task"
)

// interval is the time between the messages to a member whose answers are timed.
const interval = 20 * time.Millisecond

// drill runs d with all members. One drill may run at a time.
func (c *crew) drill(d task.Drill) task.Report {
	members := c.await(d.Members)
	busy := min(d.Busy, len(members))
	for _, m := range members[:busy] {
		m.say("busy " + strconv.Itoa(d.Milliseconds))
	}
	length := time.Duration(d.Milliseconds) * time.Millisecond
	if d.InFlight > 0 {
		return throughput(members[busy:], d.InFlight, length)
	}
	return latency(members[busy:], length)
}

func (m *member) say(text string) {
	m.raw.Write(append(appendHead(nil, final|opText, uint64(len(text))), text...))
}

// throughput keeps messages under way, which the members and their goroutines
// send to and fro by themselves.
func throughput(members []*member, inFlight int, length time.Duration) task.Report {
	for _, m := range members {
		m.echoed.Store(0)
		m.role.Store(toCount)
	}
	begin := time.Now()
	for _, m := range members {
		m.flood(inFlight, 64)
	}
	time.Sleep(length)
	var messages int64
	for _, m := range members {
		messages += m.echoed.Load()
	}
	took := time.Since(begin)
	for _, m := range members {
		m.role.Store(toDrop)
	}
	return task.Report{Members: len(members), Messages: messages, Seconds: took.Seconds()}
}

// latency measures the time from a message to its answer, with all members at
// once, until length is over.
func latency(members []*member, length time.Duration) task.Report {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		times []time.Duration
	)
	end := time.Now().Add(length)
	for i, m := range members {
		m.role.Store(toAnswer)
		wg.Go(func() {
			time.Sleep(interval * time.Duration(i) / time.Duration(len(members)))
			mine := m.exchange(end)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, mine...)
		})
	}
	wg.Wait()
	for _, m := range members {
		m.role.Store(toEcho)
	}
	r := summary(times)
	r.Members, r.Seconds = len(members), length.Seconds()
	return r
}

// exchange sends messages one after the other. An answer that is not there a
// while after the end counts with the time it had.
func (m *member) exchange(end time.Time) (times []time.Duration) {
	frame := text(64)
	limit := time.NewTimer(time.Until(end) + 5*time.Second)
	defer limit.Stop()
	for time.Now().Before(end) {
		sent := time.Now()
		m.raw.Write(frame)
		select {
		case came := <-m.answers:
			times = append(times, came.Sub(sent))
		case now := <-limit.C:
			return append(times, now.Sub(sent))
		}
		time.Sleep(interval)
	}
	return times
}

func summary(times []time.Duration) task.Report {
	if len(times) == 0 {
		return task.Report{}
	}
	slices.Sort(times)
	at := func(share float64) float64 {
		return float64(times[int(share*float64(len(times)-1))]) / float64(time.Microsecond)
	}
	return task.Report{Messages: int64(len(times)), Median: at(0.5), P99: at(0.99), Max: at(1)}
}
