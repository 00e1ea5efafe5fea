package runtime

import "github.com/dop251/goja"

// entryPoints are the globals by which the host calls the built-in SDK. They are
// there once it is, and each is made when it is first looked for.
var entryPoints = map[string]func(*Extension) goja.Value{
	fnResolveRPC:       entryPoint(fnResolveRPC),
	fnPushEvent:        entryPoint(fnPushEvent),
	fnPushWSEvent:      entryPoint(fnPushWSEvent),
	fnExecuteCommand:   entryPoint(fnExecuteCommand),
	fnTriggerOnLoad:    entryPoint(fnTriggerOnLoad),
	fnTriggerOnDispose: entryPoint(fnTriggerOnDispose),
}

func entryPoint(name string) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		made, err := e.bridge.entries(goja.Undefined(), e.vm.js.ToValue(name))
		if err != nil {
			panic(err)
		}
		return made
	}
}

// takeEntries is sendMessage("entries", make), and counts once.
func (b *bridge) takeEntries(make goja.Value) {
	call, ok := goja.AssertFunction(make)
	if !ok || b.entries != nil {
		return
	}
	b.entries = call
	if err := b.ext.setLazy(b.vm.js.GlobalObject(), entryPoints); err != nil {
		panic(b.vm.failure(err))
	}
}
