package sdk

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// A plugin decides where esbuild may look for modules, and reads them for it.
// Its callbacks run on goroutines of esbuild, several at a time.
type plugin struct {
	input   Input
	bundles bool      // what the sources import is part of the bundle
	stub    string    // the source of the stub, where the bundle begins with one
	read    *spending // the bytes read so far
	project *project  // what tsconfig.json says
	configs configFiles
	homes   *homes
	ignored browserFields
	named   namedFiles
	enums   enums
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

// resolve answers for the modules that are no files, and refuses those that
// nobody may reach. All others it leaves to esbuild: no answer means that. What
// doesn't exist is left to esbuild too, which knows whether the source is
// prepared for that: reword says later what it means.
func (p *plugin) resolve(build api.PluginBuild, args api.OnResolveArgs) (api.OnResolveResult, error) {
	isOurs := args.Kind == api.ResolveEntryPoint || args.Namespace == virtual
	switch {
	case args.PluginData == asking{}:
		return api.OnResolveResult{}, nil
	case isOurs && (args.Path == stubEntry || args.Path == bareSDK):
		return api.OnResolveResult{Path: args.Path, Namespace: virtual}, nil
	case args.Path == Module:
		return resolveSDK(args.Kind), nil
	case isOurs && args.Path == mainEntry:
		p.named.add(p.input.Entry)
		return api.OnResolveResult{Path: p.input.Entry, Namespace: "file"}, nil
	case strings.HasPrefix(args.Path, Module+"/"):
		return unresolved("%s has no parts: import %q and take what you need from it", Module, Module)
	case isURL(args.Path):
		return unresolved("%q is no file: an extension can't load code from elsewhere", args.Path)
	case isPath(args.Path):
		return p.resolvePath(args)
	}
	return p.resolvePackage(build, args)
}

// resolvePath judges a path by its text. Where its links lead is judged when the
// file is read.
func (p *plugin) resolvePath(args api.OnResolveArgs) (api.OnResolveResult, error) {
	target := args.Path
	if !filepath.IsAbs(target) {
		target = filepath.Join(args.ResolveDir, target)
	}
	if !within(p.homes.of(args.Importer), target) && exists(target) {
		return unresolved("%q is outside of the package that imports it", args.Path)
	}
	p.named.add(target)
	return api.OnResolveResult{}, p.configs.check(args.ResolveDir, args.Path)
}

func (p *plugin) resolvePackage(build api.PluginBuild, args api.OnResolveArgs) (api.OnResolveResult, error) {
	p.homes.enter(args.ResolveDir, packageName(args.Path))
	if err := p.configs.check(args.ResolveDir, args.Path); err != nil {
		return api.OnResolveResult{}, err
	}
	if p.ignored.disablePackage(args.ResolveDir, args.Path) {
		return api.OnResolveResult{Path: emptyModule, Namespace: virtual}, nil
	}
	for _, target := range p.project.candidates(args.Path) {
		p.named.add(target)
		if err := p.configs.check(args.ResolveDir, target); err != nil {
			return api.OnResolveResult{}, err
		}
	}
	if builtin, ok := nodeModuleOf(args.Path); ok {
		return p.resolveBuiltin(build, args, builtin)
	}
	return api.OnResolveResult{}, nil
}

// resolveBuiltin finds what stands for a module of Node.js: a package of its
// name, a package that is made to replace it, or a module of ours.
func (p *plugin) resolveBuiltin(build api.PluginBuild, args api.OnResolveArgs, builtin nodeModule) (api.OnResolveResult, error) {
	plain := strings.TrimPrefix(args.Path, "node:")
	for _, name := range append([]string{args.Path, plain}, builtin.packages...) {
		p.homes.enter(args.ResolveDir, packageName(name))
		if err := p.configs.check(args.ResolveDir, name); err != nil {
			return api.OnResolveResult{}, err
		}
		found := build.Resolve(name, api.ResolveOptions{
			Importer: args.Importer, Namespace: args.Namespace, ResolveDir: args.ResolveDir,
			Kind: args.Kind, PluginData: asking{}, With: args.With,
		})
		switch {
		case len(found.Errors) > 0:
		case name == args.Path || found.Namespace != "file":
			return api.OnResolveResult{}, nil
		default:
			return api.OnResolveResult{Path: found.Path, Namespace: "file"}, nil
		}
	}
	if builtin.code == "" || plain != builtin.name {
		return api.OnResolveResult{}, nil
	}
	return api.OnResolveResult{Path: virtual + builtin.name, Namespace: virtual}, nil
}

func unresolved(format string, args ...any) (api.OnResolveResult, error) {
	return api.OnResolveResult{Errors: []api.Message{{Text: fmt.Sprintf(format, args...)}}}, nil
}
