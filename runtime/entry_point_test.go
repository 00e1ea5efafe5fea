package runtime_test

import (
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

const showEntries = `
	for (const name of ["__resolveRpc", "__pushEvent", "__pushWsEvent", "__executeCommand", "__triggerOnLoad", "__triggerOnDispose"]) {
		console.log(name, name in globalThis, typeof globalThis[name], globalThis[name]?.length);
	}`

func TestEntryPoints(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"none without the SDK", showEntries, `__resolveRpc false undefined undefined
__pushEvent false undefined undefined
__pushWsEvent false undefined undefined
__executeCommand false undefined undefined
__triggerOnLoad false undefined undefined
__triggerOnDispose false undefined undefined`},
		{"with the SDK", `require("@srcnexus/ext-sdk");` + showEntries, `__resolveRpc true function 1
__pushEvent true function 1
__pushWsEvent true function 3
__executeCommand true function 1
__triggerOnLoad true function 0
__triggerOnDispose true function 0`},
		{"each made once", `require("@srcnexus/ext-sdk"); console.log(__pushEvent === __pushEvent, __pushEvent === __resolveRpc)`, "true false"},
		{"replaced", `const mine = () => { console.log("mine"); sendMessage("lifecycleComplete", "onLoad") };
			const editor = require("@srcnexus/ext-sdk"); globalThis.__triggerOnLoad = mine; editor.onLoad(() => console.log("the SDK's")); console.log(__triggerOnLoad === mine)`, "true\nmine"},
		{"replacing", `const mine = () => console.log("mine"); globalThis.__triggerOnLoad = mine; const editor = require("@srcnexus/ext-sdk");
			editor.onLoad(() => console.log("the SDK's")); console.log(__triggerOnLoad === mine)`, "false\nthe SDK's"},
		{"not to be replaced", `Object.defineProperty(globalThis, "__pushEvent", { value: 5 });
			try { require("@srcnexus/ext-sdk") } catch (e) { console.log(e.name) }`, "TypeError"},
		{"no room", `Object.freeze(globalThis); try { require("@srcnexus/ext-sdk") } catch (e) { console.log(e.name) }`, "TypeError"},
		{"given once", `require("@srcnexus/ext-sdk"); sendMessage("entries", () => 5); sendMessage("entries", 5); console.log(typeof __pushEvent)`, "function"},
		{"the module has itself", `const editor = require("@srcnexus/ext-sdk"); console.log(editor.default === editor, Object.keys(editor).join())`,
			"true onLoad,onDispose,network,window,host"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			w.Run(test.script)
			if got := w.Output(); got != test.want || len(w.Errors()) > 0 {
				t.Errorf("got:\n%s\nerrors %v, want:\n%s", got, w.Errors(), test.want)
			}
		})
	}
}
