package runtime

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/sdk"
)

// maxRequireDepth is how many modules may wait for each other to be loaded.
const maxRequireDepth = 100

// makeRequire gives the global require. It knows the built-in SDK, and whatever
// is in the extension's package or installed for it: relative ids are relative
// to the folder of the extension's entry, in all that is bundled with it. What
// the bundle contains already is loaded once more. Loading blocks the extension,
// as require has to.
func makeRequire(e *Extension) goja.Value {
	return e.requireFrom(func() string {
		if entry, err := filepath.EvalSymlinks(e.entry.File); err == nil {
			return filepath.Dir(entry)
		}
		return e.script.root
	})
}

// requireFrom makes the require of sources in a folder.
func (e *Extension) requireFrom(folder func() string) goja.Value {
	return e.native("require", func(call goja.FunctionCall) goja.Value {
		id, ok := call.Argument(0).(goja.String)
		if !ok {
			panic(e.vm.js.NewTypeError("require: the id of a module must be a string"))
		}
		if id.String() == sdk.Module {
			return e.requireSDK()
		}
		return e.require(id.String(), folder())
	})
}

func (e *Extension) requireSDK() goja.Value {
	if e.modules.sdk == nil {
		module := e.mustRun(sdkProgram()).(*goja.Object)
		// Not enumerable, so that nothing that walks the module goes in circles.
		module.DefineDataProperty("default", module, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		e.modules.sdk = module
	}
	return e.modules.sdk
}

// require returns the exports of a module, as far as they are there: one that is
// being run gives what it has exported so far.
func (e *Extension) require(id, folder string) goja.Value {
	if e.modules.source == nil {
		e.modules.source = sdk.NewModules(e.script.root, 0, e.script.size)
		e.modules.loaded = make(map[string]*goja.Object)
	}
	found, err := e.modules.source.Find(id, folder)
	if err != nil {
		panic(e.requireError(err))
	}
	module := e.modules.loaded[found.Key]
	if module == nil {
		module = e.loadModule(found)
	}
	return module.Get("exports")
}

// loadModule runs a module. One that throws is forgotten, so that the next
// require of it runs it again.
func (e *Extension) loadModule(found sdk.Found) *goja.Object {
	if e.modules.depth == maxRequireDepth {
		panic(e.vm.js.NewTypeError(fmt.Sprintf("require: more than %d modules wait for each other, the last one for %s", maxRequireDepth, found.File)))
	}
	run := e.compileModule(found)
	module, exports := e.vm.js.NewObject(), e.vm.js.NewObject()
	module.Set("exports", exports)
	module.Set("id", found.File)
	module.Set("filename", found.File)
	module.Set("loaded", false)
	e.modules.loaded[found.Key] = module
	e.modules.depth++
	defer func() { e.modules.depth-- }()
	require := e.requireFrom(func() string { return found.Folder })
	_, err := run(exports, exports, require, module, e.vm.js.ToValue(found.File), e.vm.js.ToValue(path.Dir(found.File)))
	if err != nil {
		delete(e.modules.loaded, found.Key)
		panic(err)
	}
	module.Set("loaded", true)
	return module
}

// compileModule reads a module and returns the function that runs it.
func (e *Extension) compileModule(found sdk.Found) goja.Callable {
	bundled, err := e.modules.source.Load(found)
	if err != nil {
		panic(e.requireError(err))
	}
	e.host.reportWarnings(e.id, bundled)
	script, err := e.host.scripts.compile(bundled)
	if err != nil {
		panic(e.requireError(err))
	}
	if script.needs&shifts != 0 && e.allowBigints() != nil {
		panic(e.newError("RangeError", "require: a module is refused where the extension's own file has neither the word require nor one for bigints"))
	}
	value, err := e.runScript(script)
	if err != nil {
		panic(err)
	}
	run, _ := goja.AssertFunction(value)
	return run
}

// requireError is what a script catches of an error of ours: an Error with the
// code MODULE_NOT_FOUND, or a SyntaxError that names file, line and column.
func (e *Extension) requireError(err error) *goja.Object {
	if missing, ok := errors.AsType[*sdk.NotFound](err); ok {
		object := e.newError("Error", missing.Error())
		object.Set("code", "MODULE_NOT_FOUND")
		return object
	}
	return e.newError("SyntaxError", err.Error())
}

// newError makes an error of a class that the script may have replaced.
func (e *Extension) newError(class, message string) *goja.Object {
	if constructor, ok := goja.AssertConstructor(e.vm.js.Get(class)); ok {
		if object, err := constructor(nil, e.vm.js.ToValue(message)); err == nil {
			return object
		}
	}
	return e.vm.js.NewTypeError(message)
}
