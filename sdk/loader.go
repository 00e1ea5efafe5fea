package sdk

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// loaders says how a file is read, by the ending of its name. What is for people
// to read is a string, what isn't is a string of base64.
var loaders = map[string]api.Loader{
	".js": api.LoaderJS, ".mjs": api.LoaderJS, ".cjs": api.LoaderJS, ".jsx": api.LoaderJSX,
	".ts": api.LoaderTS, ".mts": api.LoaderTS, ".cts": api.LoaderTS, ".tsx": api.LoaderTSX,
	".json": api.LoaderJSON,

	".txt": api.LoaderText, ".md": api.LoaderText, ".markdown": api.LoaderText, ".html": api.LoaderText,
	".htm": api.LoaderText, ".css": api.LoaderText, ".svg": api.LoaderText, ".xml": api.LoaderText,
	".yaml": api.LoaderText, ".yml": api.LoaderText, ".toml": api.LoaderText, ".csv": api.LoaderText,
	".graphql": api.LoaderText, ".gql": api.LoaderText, ".sql": api.LoaderText, ".glsl": api.LoaderText,

	".png": api.LoaderBase64, ".jpg": api.LoaderBase64, ".jpeg": api.LoaderBase64, ".gif": api.LoaderBase64,
	".webp": api.LoaderBase64, ".avif": api.LoaderBase64, ".bmp": api.LoaderBase64, ".ico": api.LoaderBase64,
	".woff": api.LoaderBase64, ".woff2": api.LoaderBase64, ".ttf": api.LoaderBase64, ".otf": api.LoaderBase64,
	".mp3": api.LoaderBase64, ".wav": api.LoaderBase64, ".ogg": api.LoaderBase64, ".mp4": api.LoaderBase64,
	".pdf": api.LoaderBase64, ".zip": api.LoaderBase64, ".wasm": api.LoaderBase64, ".bin": api.LoaderBase64,
}

// typedLoaders says how a file is read whose import has the attribute type.
var typedLoaders = map[string]api.Loader{
	"json": api.LoaderJSON, "text": api.LoaderText, "base64": api.LoaderBase64, "bytes": api.LoaderBinary,
}

// impliedEndings are those that an import may leave out, in the order in which
// they are tried.
var impliedEndings = []string{".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs", ".cts", ".cjs", ".json"}

// loaderOf says how a file is read: as the import's attribute says, else by the
// ending.
func (p *plugin) loaderOf(args api.OnLoadArgs) (api.Loader, error) {
	if kind, ok := args.With["type"]; ok {
		if loader, ok := typedLoaders[kind]; ok {
			return loader, nil
		}
		types := slices.Sorted(maps.Keys(typedLoaders))
		return 0, fmt.Errorf("can't be imported with the type %q: there are %s", kind, strings.Join(types, ", "))
	}
	if loader, ok := loaders[strings.ToLower(filepath.Ext(args.Path))]; ok {
		return loader, nil
	}
	if args.Path == p.input.Entry {
		return api.LoaderJS, nil
	}
	return 0, fmt.Errorf(`is of no kind that can be imported as it is: say how, such as with { type: "text" }, "json", "base64" or "bytes"`)
}

// isCode reports whether a loader is for sources that are run.
func isCode(loader api.Loader) bool {
	return loader == api.LoaderJS || loader == api.LoaderJSX || loader == api.LoaderTS || loader == api.LoaderTSX
}

// withTags lets JavaScript have JSX, unless there is so much in it that could be
// a tag that reading it as one is not safe.
func withTags(loader api.Loader, source []byte) api.Loader {
	if loader == api.LoaderJS && bytes.Count(source, []byte("<")) <= maxAngles {
		return api.LoaderJSX
	}
	return loader
}
