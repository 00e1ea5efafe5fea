package e2e

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A lab is a namespace by which the extensions of a test reach the test: its
// methods are called lab.NAME, and each call is answered at once. A function
// that waits keeps its extension's script from going on.
type lab map[string]func(id string, params rpc.Object) (any, error)

func (l lab) Methods() []string {
	var names []string
	for name := range l {
		names = append(names, "lab."+name)
	}
	return names
}

func (l lab) Open(caller rpc.Caller) rpc.Session { return labSession{l, caller.ExtensionID()} }

type labSession struct {
	lab lab
	id  string
}

func (s labSession) Serve(call *rpc.Call) {
	result, err := s.lab[call.Method[len("lab."):]](s.id, call.Params)
	if err != nil {
		call.Fail(err)
		return
	}
	call.Reply(result)
}

func (labSession) Busy() bool { return false }

func (labSession) Close(context.Context) {}

// newLabWorld is newWorld with a lab.
func newLabWorld(t *testing.T, network hostnet.Options, host runtime.Options, l lab) *runtimetest.World {
	t.Helper()
	host.Namespaces = []rpc.Namespace{l}
	return newWorld(t, network, host)
}

// scriptFile writes a script, which may be run under many ids.
func scriptFile(t *testing.T, source string) (path string) {
	t.Helper()
	return filepath.Join(runtimetest.Write(t, map[string]string{"extension.js": source}), "extension.js")
}

// startAs starts a script under an id, and fails the test if that fails.
func startAs(t *testing.T, world *runtimetest.World, path, id string) *runtime.Extension {
	t.Helper()
	ext, err := world.Host.Start(path, id)
	if err != nil {
		t.Fatal(runtime.Describe(err))
	}
	return ext
}

// count is a number that a script has sent.
func count(params rpc.Object, name string) int {
	switch n := params.Get(name).(type) {
	case int64:
		return int(n)
	case float64:
		return int(n)
	}
	return -1
}
