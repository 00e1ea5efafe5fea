package sdk

import (
	"cmp"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

type sdkPart struct {
	name, source string
	shared       []string
}

// sdkParts are the parts of the SDK that are scripts of their own, each with the
// modules that must be the same ones as the rest of the SDK has: those that have a
// state, or private fields that others read, and those that many parts need.
var sdkParts = []sdkPart{
	{"commands", "commands", []string{"host"}},
	{"connect", "network/connect", []string{"error", "host", "rpc", "websocket"}},
	{"delivery", "core/delivery", []string{"host"}},
	{"emitter", "core/emitter", []string{"host"}},
	{"error", "core/error", nil},
	{"fetch", "network/fetch", []string{"error", "host", "rpc"}},
	{"gateway", "gateway", []string{"emitter", "error", "host", "rpc"}},
	{"global", "core/global", nil},
	{"held", "network/held", nil},
	{"inbox", "network/inbox", []string{"emitter", "error", "held", "host", "line"}},
	{"late", "late", nil},
	{"loops", "network/loops", []string{"held", "symbol"}},
	{"network", "network/index", []string{"host"}},
	{"outgoing", "network/outgoing", []string{"error", "host"}},
	{"reconnecting", "network/reconnecting", []string{"error", "host", "inbox", "outgoing", "rpc", "symbol"}},
	{"rpc", "core/rpc", []string{"host", "table"}},
	{"stage", "stage", []string{"host"}},
	{"symbol", "core/symbol", nil},
	{"table", "core/table", nil},
	{"window", "window", []string{"error", "host", "rpc"}},
}

// exporters are the parts of other names that have a module, and export it.
var exporters = map[string]string{"line": "network", "websocket": "network"}

// TestGeneratedParts is the same for the parts of the SDK.
func TestGeneratedParts(t *testing.T) {
	for _, part := range sdkParts {
		file := "dist/part/" + part.name + ".js"
		have, _ := parts.ReadFile(file)
		settle(t, file, string(have), generatePart(t, part.source, part.shared))
	}
	for _, name := range Parts() {
		known := slices.ContainsFunc(sdkParts, func(part sdkPart) bool { return part.name == name })
		if file := "dist/part/" + name + ".js"; !known && (!*update || os.Remove(file) != nil) {
			t.Errorf("%s is no part any more: run go generate ./sdk", file)
		}
	}
}

// generatePart bundles a module without those that it shares.
func generatePart(t *testing.T, source string, shared []string) string {
	t.Helper()
	leaveShared := func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^\.\.?/`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if name := path.Base(args.Path); args.Kind != api.ResolveEntryPoint && slices.Contains(shared, name) {
				return api.OnResolveResult{Path: "./" + cmp.Or(exporters[name], name), External: true}, nil
			}
			return api.OnResolveResult{}, nil
		})
	}
	options := api.BuildOptions{Format: api.FormatESModule, Plugins: []api.Plugin{{Name: "shared", Setup: leaveShared}}}
	code := generateAs(t, "./src/"+source+".ts", options, "(function (load) {\n\"use strict\";", "})")
	return strings.ReplaceAll(functionOf(code), `load("./`, `load("`)
}
