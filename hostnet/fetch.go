package hostnet

import (
	"context"
	"sync"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A fetcher makes the HTTP requests of one activation. It keeps no cookies, and
// connections are reused by the same activation only. Its zero value, with the
// first two fields set, holds nothing until the first request. Any goroutine may
// use it.
type fetcher struct {
	namespace *Namespace
	journal   *journal

	wg     sync.WaitGroup // each request, its writer, and each idle connection
	budget budget         // what the bodies take

	mu      sync.Mutex
	fetches map[*fetch]struct{}
	idle    []*idleConn // the longest idle first
	counted rpc.Requests
	closed  bool
}

// A fetch is a request that is under way. It belongs to one goroutine, which
// makes each of its exchanges.
type fetch struct {
	fetcher *fetcher
	call    *rpc.Call
	request *fetchRequest // of the next exchange
	ctx     context.Context
	cancel  context.CancelFunc
	held    int64 // its part of the budget
}

// start refuses the call by an error, or sees to it that it is answered.
func (f *fetcher) start(call *rpc.Call) error {
	request, err := f.namespace.readRequest(call.Params)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return errRequestStopped
	}
	if limit := f.namespace.opts.MaxFetches; len(f.fetches) >= limit {
		return refuse(CodeLimit, "Too many requests at a time (max %d per extension)", limit)
	}
	x := &fetch{fetcher: f, call: call, request: request}
	if err := x.hold(int64(len(request.body))); err != nil {
		return err
	}
	limit := timeLimit{"the response was not complete", request.timeout}
	x.ctx, x.cancel = limit.begin(call.Context())
	if f.fetches == nil {
		f.fetches = make(map[*fetch]struct{})
	}
	f.fetches[x] = struct{}{}
	f.wg.Go(x.run)
	return nil
}

// busy reports whether a request is under way.
func (f *fetcher) busy() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.closed && len(f.fetches) > 0
}

// shut gives all requests up, and closes their connections and those that are
// idle.
func (f *fetcher) shut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for x := range f.fetches {
		x.cancel()
	}
	for _, idle := range f.idle {
		idle.conn.close()
	}
}

// wait returns when what was shut is gone. No server is waited for.
func (f *fetcher) wait() { f.wg.Wait() }

// run answers the call. The request's place is free before that.
func (x *fetch) run() {
	response, err := x.follow()
	var reply rpc.Object
	if err == nil {
		reply = x.request.reply(response)
	}
	x.end(response)
	if err != nil {
		x.fetcher.journal.unfetched(err)
		x.call.Fail(err)
		return
	}
	x.call.Reply(reply)
}

// end gives back what the request has taken, and counts it. It has no response
// if it has failed.
func (x *fetch) end(answer *response) {
	x.cancel()
	x.fetcher.budget.free(x.held)
	x.fetcher.mu.Lock()
	defer x.fetcher.mu.Unlock()
	delete(x.fetcher.fetches, x)
	counted := &x.fetcher.counted
	counted.BytesOut += int64(len(x.request.body))
	if answer == nil {
		counted.Failed++
		return
	}
	counted.Answered++
	counted.BytesIn += int64(len(answer.body))
}

// follow sends the request, and what redirects make of it. The error is an
// [*rpc.Error].
func (x *fetch) follow() (*response, error) {
	for {
		response, err := x.send()
		if err != nil {
			return nil, x.request.to.requestError(err)
		}
		if !x.request.follows(response.status, response.header) {
			return response, nil
		}
		next, err := x.fetcher.namespace.redirect(x.request, response)
		if err != nil {
			return nil, err
		}
		x.request = next
	}
}

// send makes one exchange, on a connection that is idle or on a new one. Where
// an idle one turns out to be dead, a request that may be repeated is sent once
// more.
func (x *fetch) send() (*response, error) {
	if conn := x.fetcher.takeIdle(x.request.to.origin()); conn != nil {
		response, err := x.exchange(conn)
		if !conn.stale(response, err) || !x.request.repeatable() || x.ctx.Err() != nil {
			return response, err
		}
	}
	conn, err := x.dial()
	if err != nil {
		return nil, err
	}
	return x.exchange(conn)
}
