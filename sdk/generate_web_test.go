package sdk

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// TestGeneratedWeb is the same for the scripts of the web's globals.
func TestGeneratedWeb(t *testing.T) {
	names := webSources(t)
	for _, name := range names {
		file := "dist/web/" + name + ".js"
		have, _ := webModules.ReadFile(file)
		settle(t, file, string(have), generateWeb(t, name))
	}
	for _, name := range WebModules() {
		if file := "dist/web/" + name + ".js"; !slices.Contains(names, name) && (!*update || os.Remove(file) != nil) {
			t.Errorf("%s has no source any more: run go generate ./sdk", file)
		}
	}
}

// webSources are the modules of src/web. native.ts is none: it only declares.
func webSources(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("src/web/*.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".ts"); name != "native" {
			names = append(names, name)
		}
	}
	return names
}

// generateWeb bundles a module of src/web, without its neighbours.
func generateWeb(t *testing.T, name string) string {
	t.Helper()
	options := api.BuildOptions{Format: api.FormatESModule, Plugins: []api.Plugin{{Name: "neighbours", Setup: leaveNeighbours}}}
	code := generateAs(t, "./src/web/"+name+".ts", options, "(function (load) {\n\"use strict\";", "})")
	return functionOf(code)
}

// functionOf makes the body of a function of a module: load takes the place of
// imports, and what it exports is returned.
func functionOf(code string) string {
	code = webImport.ReplaceAllStringFunc(code, func(statement string) string {
		parts := webImport.FindStringSubmatch(statement)
		return "const {" + strings.ReplaceAll(parts[1], " as ", ": ") + "} = load(" + parts[2] + ");"
	})
	return webExport.ReplaceAllStringFunc(code, func(statement string) string {
		return "return {" + renamed.ReplaceAllString(webExport.FindStringSubmatch(statement)[1], "$2: $1") + "};"
	})
}

// leaveNeighbours leaves imports of the same folder as they are.
func leaveNeighbours(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `^\./`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if args.Kind == api.ResolveEntryPoint || filepath.Base(args.ResolveDir) != "web" {
			return api.OnResolveResult{}, nil
		}
		return api.OnResolveResult{Path: args.Path, External: true}, nil
	})
}

// What esbuild prints of a module's imports and exports.
var (
	webImport = regexp.MustCompile(`(?m)^import \{([^}]*)\} from ("\./\w+");`)
	webExport = regexp.MustCompile(`(?m)^export \{([^}]*)\};`)
	renamed   = regexp.MustCompile(`(\w+) as (\w+)`)
)
