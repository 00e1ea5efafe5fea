package sdk

import (
	"path"
	"slices"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// sdkParts are the parts of the SDK that are scripts of their own, each with the
// modules that must be the same ones as the rest of the SDK has: those that have a
// state, or private fields that others read, and those that many parts need.
var sdkParts = []struct {
	name, source string
	shared       []string
}{
	{"fetch", "network/fetch", []string{"host", "rpc"}},
	{"gateway", "gateway", []string{"error", "host", "rpc"}},
	{"loops", "network/loops", []string{"held"}},
	{"network", "network/index", []string{"error", "host", "rpc"}},
	{"reconnecting", "network/reconnecting", []string{"host", "inbox", "rpc"}},
	{"rpc", "core/rpc", []string{"error", "host"}},
	{"window", "window", []string{"error", "host", "rpc"}},
}

// TestGeneratedParts is the same for the parts of the SDK.
func TestGeneratedParts(t *testing.T) {
	for _, part := range sdkParts {
		file := "dist/part/" + part.name + ".js"
		have, _ := parts.ReadFile(file)
		settle(t, file, string(have), generatePart(t, part.source, part.shared))
	}
}

// generatePart bundles a module without those that it shares.
func generatePart(t *testing.T, source string, shared []string) string {
	t.Helper()
	leaveShared := func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^\.\.?/`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if name := path.Base(args.Path); args.Kind != api.ResolveEntryPoint && slices.Contains(shared, name) {
				return api.OnResolveResult{Path: "./" + name, External: true}, nil
			}
			return api.OnResolveResult{}, nil
		})
	}
	options := api.BuildOptions{Format: api.FormatESModule, Plugins: []api.Plugin{{Name: "shared", Setup: leaveShared}}}
	code := generateAs(t, "./src/"+source+".ts", options, "(function (load) {\n\"use strict\";", "})")
	return functionOf(code)
}
