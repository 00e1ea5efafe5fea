package sdk

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// The modules that are not files: where the SDK comes from, what stands for
// modules of Node.js, and the entry of bundles that don't begin with a file.
const (
	virtual   = "extrun!"
	mainEntry = virtual + "main" // the file that is run, whatever it is called
	stubEntry = virtual + "entry"
	bareSDK   = virtual + "sdk"

	emptyModule = virtual + "empty" // what a package leaves out
)

// resolveSDK names the module that stands for the SDK. What a source imports by
// name comes from one that has exactly the SDK's exports, so that a misspelt
// name is found; what it takes by require is the SDK itself.
func resolveSDK(kind api.ResolveKind) api.OnResolveResult {
	if kind == api.ResolveJSImportStatement {
		return api.OnResolveResult{Path: Module, Namespace: virtual}
	}
	return api.OnResolveResult{Path: bareSDK, Namespace: virtual}
}

func (p *plugin) loadVirtual(args api.OnLoadArgs) (api.OnLoadResult, error) {
	source := p.virtualSource(args.Path)
	return api.OnLoadResult{Contents: &source, Loader: api.LoaderJS, ResolveDir: filepath.Dir(p.input.Entry)}, nil
}

func (p *plugin) virtualSource(name string) string {
	switch name {
	case stubEntry:
		return p.stub
	case bareSDK:
		return fmt.Sprintf("module.exports = globalThis[%q]", Global)
	case emptyModule:
		return "module.exports = {}"
	case Module:
		return importedSDK()
	}
	return nodeModules[strings.TrimPrefix(name, virtual)].code
}

// importedSDK is the source of the SDK as a module. Asking for a service makes it,
// so those that nobody imports are left out; taking all from a CommonJS module
// would have the bundler add a function for each, and those that make them.
func importedSDK() string {
	var source strings.Builder
	fmt.Fprintf(&source, "const sdk = globalThis[%q], take = (name) => sdk[name];\nexport default sdk;\n", Global)
	for _, name := range exportNames() {
		fmt.Fprintf(&source, "export const %s = /* @__PURE__ */ take(%q);\n", name, name)
	}
	return source.String()
}

// importMain is the source of a stub that runs the entry.
const importMain = `import "` + mainEntry + `"`
