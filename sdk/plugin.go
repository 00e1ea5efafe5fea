package sdk

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/evanw/esbuild/pkg/api"
)

// The modules that are not files: where the SDK comes from, and the entry of
// bundles with top-level await.
const (
	virtual   = "extrun!"
	stubEntry = "extrun!entry"
)

// A plugin decides where esbuild looks for modules, and reads them for it. Its
// callbacks run on goroutines of esbuild, several at a time.
type plugin struct {
	input   Input
	read    atomic.Int64 // the bytes read so far
	configs configFiles
}

func newPlugin(input Input) *plugin {
	return &plugin{input: input, configs: configFiles{root: input.Root}}
}

func (p *plugin) plugin() api.Plugin {
	return api.Plugin{Name: "extrun", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			return p.resolve(build, args)
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: virtual}, p.loadVirtual)
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "file"}, p.loadFile)
	}}
}

// asking marks the questions that the plugin itself puts to esbuild.
type asking struct{}

func (p *plugin) resolve(build api.PluginBuild, args api.OnResolveArgs) (api.OnResolveResult, error) {
	switch {
	case args.PluginData == asking{}:
		return api.OnResolveResult{}, nil
	case args.Path == stubEntry, args.Path == Module:
		return api.OnResolveResult{Path: args.Path, Namespace: virtual}, nil
	case args.Kind == api.ResolveEntryPoint, args.Namespace == virtual:
		return api.OnResolveResult{Path: p.input.Entry, Namespace: "file"}, nil
	case strings.HasPrefix(args.Path, Module+"/"):
		return unresolved("%s has no parts: import %q and take what you need from it", Module, Module)
	case strings.HasPrefix(args.Path, "node:"):
		return unresolved("%s", missing(args.Path))
	}
	if err := p.configs.check(args.ResolveDir, args.Path); err != nil {
		return api.OnResolveResult{}, err
	}
	found := build.Resolve(args.Path, api.ResolveOptions{
		Importer: args.Importer, Namespace: args.Namespace, ResolveDir: args.ResolveDir,
		Kind: args.Kind, PluginData: asking{}, With: args.With,
	})
	return p.judge(args, found)
}

// judge turns esbuild's finding into the answer: it may be missing, and it may
// be where the importing file has no business.
func (p *plugin) judge(args api.OnResolveArgs, found api.ResolveResult) (api.OnResolveResult, error) {
	if len(found.Errors) > 0 || found.Path == "" {
		return unresolved("%s", missing(args.Path))
	}
	if found.Namespace != "file" || found.External {
		return unresolved("%q is no file: an extension can't load code from elsewhere", args.Path)
	}
	if isPath(args.Path) && !within(p.home(args.Importer), found.Path) {
		return unresolved("%q is outside of the package that imports it", args.Path)
	}
	sideEffects := api.SideEffectsTrue
	if !found.SideEffects {
		sideEffects = api.SideEffectsFalse
	}
	return api.OnResolveResult{Path: found.Path, Namespace: "file", SideEffects: sideEffects}, nil
}

// home is the folder that paths in a file can't leave: the root, or
// for a package that was found elsewhere the package's own folder.
func (p *plugin) home(importer string) string {
	if within(p.input.Root, importer) {
		return p.input.Root
	}
	return packageFolder(filepath.Dir(importer))
}

func (p *plugin) loadVirtual(args api.OnLoadArgs) (api.OnLoadResult, error) {
	source := "import " + strconv.Quote(filepath.ToSlash(p.input.Entry))
	if args.Path == Module {
		source = fmt.Sprintf("module.exports = globalThis.require(%q)", Module)
	}
	return api.OnLoadResult{Contents: &source, Loader: api.LoaderJS}, nil
}

func unresolved(format string, args ...any) (api.OnResolveResult, error) {
	return api.OnResolveResult{Errors: []api.Message{{Text: fmt.Sprintf(format, args...)}}}, nil
}

// missing explains an import that leads nowhere.
func missing(specifier string) string {
	if isPath(specifier) {
		return fmt.Sprintf("%q doesn't exist", specifier)
	}
	if namesNodeModule(specifier) {
		return fmt.Sprintf("%q belongs to Node.js, which extensions run without", specifier)
	}
	name := packageName(specifier)
	if name != specifier {
		return fmt.Sprintf("%q can't be found: package %s isn't installed, or has no such part", specifier, name)
	}
	return fmt.Sprintf("package %q isn't installed: run npm install %s in the extension's folder", specifier, name)
}
