package guard

import (
	goruntime "runtime"
	"sync"
	"weak"

	"github.com/dop251/goja"
)

// A register finds the guard of a runtime, for templates, which know nothing
// else. It keeps neither from being collected. Any goroutine may use it.
type register struct {
	mu     sync.RWMutex
	guards map[weak.Pointer[goja.Runtime]]weak.Pointer[guard]
}

// guards are those of all runtimes of the process.
var guards register

// add registers a guard for as long as its runtime is there, which keeps it.
func (r *register) add(g *guard) {
	key := weak.Make(g.vm)
	g.vm.SetTimeSource(g.now)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.guards == nil {
		r.guards = make(map[weak.Pointer[goja.Runtime]]weak.Pointer[guard])
	}
	r.guards[key] = weak.Make(g)
	goruntime.AddCleanup(g.vm, r.remove, key)
}

func (r *register) of(vm *goja.Runtime) *guard {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.guards[weak.Make(vm)].Value()
}

func (r *register) remove(key weak.Pointer[goja.Runtime]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.guards, key)
}
