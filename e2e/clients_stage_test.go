package e2e

import (
	"context"
	"fmt"
	"sync"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A stage is a namespace by which programs that talk to a backend kill it and
// start it again, and wait for each other.
type stage struct {
	backend *backend
	players int // how many programs run at the same time

	mu     sync.Mutex
	places map[string]*place
}

// A place is where programs wait until all of them are there.
type place struct {
	arrived int
	full    chan struct{}
}

func newStage(b *backend, players int) *stage {
	return &stage{backend: b, players: players, places: make(map[string]*place)}
}

func (s *stage) Methods() []string {
	return []string{"server.address", "server.kill", "server.restart", "server.meet"}
}

func (s *stage) Open(rpc.Caller) rpc.Session { return &stageSession{stage: s} }

// act does what a program has asked for, and waits until it is done.
func (s *stage) act(ctx context.Context, method string, params rpc.Object) (any, error) {
	switch method {
	case "server.address":
		return s.backend.address, nil
	case "server.kill":
		return nil, s.backend.kill()
	case "server.restart":
		return nil, s.backend.start()
	case "server.meet":
		name, _ := params.Text("place")
		return nil, s.meet(ctx, name)
	}
	return nil, fmt.Errorf("a stage has no %s", method)
}

func (s *stage) meet(ctx context.Context, name string) error {
	s.mu.Lock()
	at := s.places[name]
	if at == nil {
		at = &place{full: make(chan struct{})}
		s.places[name] = at
	}
	if at.arrived++; at.arrived == s.players {
		close(at.full)
	}
	s.mu.Unlock()
	select {
	case <-at.full:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type stageSession struct {
	*stage
	acts sync.WaitGroup
}

func (s *stageSession) Serve(call *rpc.Call) {
	ctx := call.Context()
	s.acts.Go(func() {
		result, err := s.act(ctx, call.Method, call.Params)
		if err != nil {
			call.Fail(err)
			return
		}
		call.Reply(result)
	})
}

func (*stageSession) Busy() bool { return false }

func (s *stageSession) Close(context.Context) { s.acts.Wait() }
