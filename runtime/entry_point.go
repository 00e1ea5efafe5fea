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
		made, err := e.vm.ask(e.bridge.entries, e.vm.js.ToValue(name))
		if err != nil {
			panic(err)
		}
		return made
	}
}

// takeEntries is sendMessage("entries", make), and counts once. Functions of the
// same names, such as those of another SDK, give way: the last SDK takes over.
func (b *bridge) takeEntries(make goja.Value) {
	call, ok := goja.AssertFunction(make)
	if !ok || b.entries != nil {
		return
	}
	global := b.vm.js.GlobalObject()
	for name := range entryPoints {
		if err := global.Delete(name); err != nil {
			panic(err)
		}
	}
	if err := b.ext.setLazy(global, entryPoints); err != nil {
		panic(err)
	}
	b.entries = call
}
