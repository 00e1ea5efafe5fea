package runtime

import (
	"fmt"
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/sdk"
)

// The scripts of our own are compiled once, for all extensions of the process.
var (
	sdkProgram = sync.OnceValue(func() *goja.Program { return compileOwn(sdk.Script()) })
	webProgram = sync.OnceValue(func() *goja.Program { return compileOwn(sdk.WebGlobals()) })

	microtaskProgram = sync.OnceValue(func() *goja.Program { return compileOwn("extrun!microtask", microtaskScript) })
)

// microtaskScript makes queueMicrotask of the only queue of jobs that goja has.
const microtaskScript = `(function () {
	const settled = Promise.resolve();
	return function queueMicrotask(callback) {
		if (typeof callback !== "function") {
			throw new TypeError("queueMicrotask: the callback must be a function");
		}
		settled.then(() => { callback(); });
	};
})()`

// compileOwn compiles a script that is part of this program, and so compiles.
func compileOwn(name, code string) *goja.Program {
	return goja.MustCompile(name, code, true)
}

// modules are what an extension has got by require, and the web's globals.
type modules struct {
	sdk goja.Value
	web *goja.Object
}

// makeRequire gives require, which knows the built-in SDK.
func makeRequire(e *Extension) goja.Value {
	return e.native("require", func(call goja.FunctionCall) goja.Value {
		if name := call.Argument(0).String(); name != sdk.Module {
			panic(e.moduleNotFound(name))
		}
		if e.modules.sdk == nil {
			e.modules.sdk = e.mustRun(sdkProgram())
		}
		return e.modules.sdk
	})
}

func (e *Extension) moduleNotFound(name string) *goja.Object {
	err := e.vm.js.NewTypeError(fmt.Sprintf("cannot find module '%s': only %s can be required at run time; import everything else, so that it is bundled", name, sdk.Module))
	err.Set("code", "MODULE_NOT_FOUND")
	return err
}

// webGlobal is the recipe of a global of the web platform. All of them come
// from one script, which is run when the first of them is touched.
func webGlobal(name string) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		if e.modules.web == nil {
			e.modules.web = e.mustRun(webProgram()).(*goja.Object)
		}
		prepare, _ := goja.AssertFunction(e.modules.web.Get(name))
		value, err := prepare(goja.Undefined())
		if err != nil {
			panic(err)
		}
		return value
	}
}

// mustRun runs a script of our own within a turn. What it throws, it throws
// because the extension has broken what the script builds upon, so it is thrown
// on to the extension.
func (e *Extension) mustRun(program *goja.Program) goja.Value {
	value, err := e.vm.js.RunProgram(program)
	if err != nil {
		panic(err)
	}
	return value
}
