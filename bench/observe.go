package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/srcnexus/extrun/bench/task"
	"github.com/srcnexus/extrun/bench/usage"
)

// What a program may take before it is killed: time, and a share of the memory
// that the machine has left.
const (
	patience    = 4 * time.Minute
	memoryShare = 0.7
)

// Why programs are killed that are no good.
var (
	errSlow = fmt.Errorf("it took more than %v", patience)
	errFat  = fmt.Errorf("it took more than %.0f %% of the memory that the machine had left", 100*memoryShare)
	errOver = errors.New("it has ended")
)

// observe waits for the program's result, looks at what it has if it stays, and
// sees it to its end.
func observe(ctx context.Context, p *program, w workload, address string) (sample, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errSlow)
	defer cancel()
	ctx, giveUp := context.WithCancelCause(ctx)
	var guards sync.WaitGroup
	guards.Go(func() { guard(ctx, giveUp, p) })
	got, err := look(ctx, p, w, address)
	if w.task.Stay || err != nil {
		p.kill()
	}
	used, endErr := p.wait()
	cause := context.Cause(ctx)
	giveUp(errOver)
	guards.Wait()
	got.used = used
	switch {
	case cause != nil:
		return got, cause
	case w.task.Stay && err == nil:
		return got, nil
	}
	return got, errors.Join(err, endErr)
}

// guard kills a program that takes too much, until ctx ends well.
func guard(ctx context.Context, giveUp context.CancelCauseFunc, p *program) {
	limit, err := usage.Available()
	if err != nil {
		giveUp(err)
	}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			if context.Cause(ctx) != errOver {
				p.kill()
			}
			return
		case <-tick.C:
		}
		if has, err := usage.Resident(p.pid); err == nil && float64(has) > memoryShare*float64(limit) {
			giveUp(errFat)
		}
	}
}

// look returns what can be seen while the program runs.
func look(ctx context.Context, p *program, w workload, address string) (got sample, err error) {
	got.task = w.task
	if got.result, err = p.result(); err != nil || !w.task.Stay {
		return got, err
	}
	for _, drill := range w.drills {
		drill.Members = w.task.Members
		report, err := ask(ctx, address, drill)
		if err != nil {
			return got, err
		}
		got.reports = append(got.reports, report)
	}
	if !w.settles() {
		return got, nil
	}
	select {
	case <-time.After(settle):
	case <-ctx.Done():
		return got, context.Cause(ctx)
	}
	got.resident, err = usage.Resident(p.pid)
	return got, err
}

// ask has the server run a drill.
func ask(ctx context.Context, address string, d task.Drill) (report task.Report, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/drill?"+d.Query(), nil)
	if err != nil {
		return report, err
	}
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return report, err
	}
	defer answer.Body.Close()
	return report, json.NewDecoder(answer.Body).Decode(&report)
}
