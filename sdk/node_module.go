package sdk

import "strings"

// A nodeModule is what extensions can have in place of a module that is part of
// Node.js.
type nodeModule struct {
	name     string
	advice   string   // what to do instead
	packages []string // npm packages of other names that replace it
	code     string   // a module of ours, for what is global here
}

const (
	useFiles    = `files belong to the editor: ask it with editor.host.call("workspace.fs.read", { uri }), if it offers that`
	useNetwork  = "use editor.network"
	useTerminal = "terminals and other programs belong to the editor: ask it with editor.host.call, if it offers them"
	useStorage  = "what is to last belongs to the editor: have it kept with editor.host.call, if it offers that"
	noSystem    = "extensions don't see the machine they run on"
	noThreads   = "an extension runs on one thread"
	noEngine    = "the engine's internals are out of reach"
)

// nodeModules are the modules that are part of Node.js. A package that is
// installed under such a name comes first.
var nodeModules = tableOf([]nodeModule{
	{name: "assert", advice: install("assert")},
	{name: "async_hooks", advice: noEngine},
	{name: "buffer", advice: "use the global Buffer", code: "exports.Buffer = globalThis.Buffer; exports.atob = globalThis.atob; exports.btoa = globalThis.btoa"},
	{name: "child_process", advice: useTerminal},
	{name: "cluster", advice: noThreads},
	{name: "console", advice: "use the global console", code: "module.exports = globalThis.console"},
	{name: "constants", advice: noSystem},
	{name: "crypto", advice: "use the global crypto, or an npm package in plain JavaScript"},
	{name: "dgram", advice: useNetwork},
	{name: "diagnostics_channel", advice: noEngine},
	{name: "dns", advice: useNetwork},
	{name: "domain", advice: noEngine},
	{name: "events", advice: install("events")},
	{name: "fs", advice: useFiles},
	{name: "http", advice: useNetwork},
	{name: "http2", advice: useNetwork},
	{name: "https", advice: useNetwork},
	{name: "inspector", advice: noEngine},
	{name: "module", advice: "use the global require"},
	{name: "net", advice: useNetwork},
	{name: "os", advice: noSystem, packages: []string{"os-browserify"}},
	{name: "path", advice: install("path-browserify"), packages: []string{"path-browserify"}},
	{name: "perf_hooks", advice: "use the global performance", code: "exports.performance = globalThis.performance"},
	{name: "process", advice: "use process.env.NODE_ENV", code: `module.exports = globalThis.process || { env: { NODE_ENV: "production" } }`},
	{name: "punycode", advice: install("punycode")},
	{name: "querystring", advice: "use the global URLSearchParams, or run npm install querystring", packages: []string{"querystring-es3"}},
	{name: "readline", advice: useTerminal},
	{name: "repl", advice: useTerminal},
	{name: "sqlite", advice: useStorage},
	{name: "stream", advice: install("readable-stream"), packages: []string{"stream-browserify", "readable-stream"}},
	{name: "string_decoder", advice: install("string_decoder")},
	{name: "sys", advice: install("util"), packages: []string{"util"}},
	{name: "test", advice: "tests run outside of the editor"},
	{name: "timers", advice: "use the global setTimeout and its siblings", code: "const g = globalThis; for (const n of [\"setTimeout\", \"clearTimeout\", \"setInterval\", \"clearInterval\", \"setImmediate\", \"clearImmediate\"]) exports[n] = g[n]"},
	{name: "tls", advice: useNetwork},
	{name: "trace_events", advice: noEngine},
	{name: "tty", advice: useTerminal},
	{name: "url", advice: "use the global URL", code: "exports.URL = globalThis.URL; exports.URLSearchParams = globalThis.URLSearchParams"},
	{name: "util", advice: install("util")},
	{name: "v8", advice: noEngine},
	{name: "vm", advice: noEngine},
	{name: "wasi", advice: "WebAssembly is not available"},
	{name: "worker_threads", advice: noThreads},
	{name: "zlib", advice: "use an npm package in plain JavaScript, such as fflate"},
})

// globalFor are the globals that extensions have in place of packages which need
// Node.js.
var globalFor = map[string]string{
	"got":        "fetch",
	"node-fetch": "fetch",
	"request":    "fetch",
	"undici":     "fetch",
	"ws":         "WebSocket",
}

func install(name string) string { return "run npm install " + name + " in the extension's folder" }

// installable reports whether an npm package replaces the module.
func (m nodeModule) installable() bool { return strings.HasPrefix(m.advice, "run npm") }

func tableOf(modules []nodeModule) map[string]nodeModule {
	table := make(map[string]nodeModule, len(modules))
	for _, module := range modules {
		table[module.name] = module
	}
	return table
}

// nodeModuleOf is the module of Node.js that a specifier names, or would name if
// no package of that name is installed. All names that begin with node: count.
func nodeModuleOf(specifier string) (nodeModule, bool) {
	plain, prefixed := strings.CutPrefix(specifier, "node:")
	name, _, _ := strings.Cut(plain, "/")
	module, ok := nodeModules[name]
	return module, ok || prefixed
}
