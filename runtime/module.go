package runtime

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
	"github.com/srcnexus/extrun/sdk"
)

// The scripts of our own are compiled once, for all extensions of the process.
var (
	sdkProgram = sync.OnceValue(func() *compiled { return compileOwn(sdk.Script()) })

	microtaskProgram = sync.OnceValue(func() *compiled { return compileOwn(programName+"microtask", microtaskScript) })
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
func compileOwn(name, code string) *compiled {
	parsed, err := goja.Parse(name, code)
	if err != nil {
		panic(err)
	}
	program, err := goja.CompileAST(parsed, true)
	if err != nil {
		panic(err)
	}
	return &compiled{program: program, name: name, literals: guard.LiteralsOf(parsed)}
}

// modules are what an extension has got by require, and the web's globals.
type modules struct {
	sdk    goja.Value
	web    *web
	source *sdk.Modules            // nil until one of them is looked for
	loaded map[string]*goja.Object // the module objects of files and packages, by their keys
	depth  int                     // how many of them are being run
}

// mustRun runs a script of our own within a turn. What it throws, it throws
// because the extension has broken what the script builds upon, so it is thrown
// on to the extension.
func (e *Extension) mustRun(own *compiled) goja.Value {
	value, err := e.runScript(own)
	if err != nil {
		panic(err)
	}
	return value
}
