package e2e

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A form is one of the ways in which an extension can come.
type form struct {
	name      string
	main      string // how reports call the file with the story
	published bool   // it brings its own copy of the published SDK
	write     func(t *testing.T, url, source string) (path string)
}

var forms = []form{
	{name: "script", main: "story.js", write: func(t *testing.T, url, source string) string {
		return write(t, "story.js", script(url, source))
	}},
	{name: "project", main: "main.ts", write: writeProject},
	{name: "bundle", main: "dist/main.js", published: true, write: func(t *testing.T, url, source string) string {
		return writeBundle(t, script(url, source))
	}},
}

// output is what a story writes in this form. Of an error the published SDK
// passes on the text only.
func (f form) output(s story) string {
	if f.published && !strings.Contains(s.source, rawCall) {
		return codes.ReplaceAllString(s.stdout, "undefined")
	}
	return s.stdout
}

var codes = regexp.MustCompile(`\bERR_[A-Z_]+`)

// writeProject writes an extension in TypeScript: a main file with the story,
// another one with the common names, and a package that it uses.
func writeProject(t *testing.T, url, source string) string {
	t.Helper()
	return runtimetest.Write(t, map[string]string{
		"manifest.json":  `{"id": "story", "name": "A story", "version": "1.0.0", "main": "main.ts"}`,
		"package.json":   `{"name": "story", "private": true, "dependencies": {"in-words": "1.0.0"}}`,
		"main.ts":        projectPrelude + source,
		"lib/helper.ts":  fmt.Sprintf(projectHelper, url),
		"lib/outcome.ts": projectTypes,

		"node_modules/in-words/package.json": `{"name": "in-words", "version": "1.0.0", "type": "module",
			"exports": {".": {"types": "./index.d.ts", "import": "./esm/index.js", "default": "./missing.js"}}}`,
		"node_modules/in-words/index.d.ts":   `export declare function inWords(kind: string, parts: readonly unknown[]): unknown[];`,
		"node_modules/in-words/esm/index.js": `export { inWords } from "./words.js";`,
		"node_modules/in-words/esm/words.js": `export function inWords(kind, parts) { return kind === "" ? [...parts] : [kind, ...parts]; }`,
	})
}

// projectPrelude is on one line, as prelude is.
const projectPrelude = `import editor, { network, onDispose, onLoad } from "@srcnexus/ext-sdk"; import { log, open, refused, url } from "./lib/helper"; `

const projectHelper = `
import type { WebSocketConnection, WebSocketOptions } from "@srcnexus/ext-sdk";
import { network } from "@srcnexus/ext-sdk";
import { inWords } from "in-words";
import { Kind, type Outcome } from "./outcome";

export const url: string = %q;

export const log = (...parts: readonly unknown[]): void => console.log(...inWords("", parts));

function tell<T extends Kind>(kind: T): (...parts: unknown[]) => void {
	return (...parts) => log(...inWords(kind as string, parts));
}

export async function open(options?: WebSocketOptions, to: string = url): Promise<WebSocketConnection> {
	const ws = await network.createWebSocket(to, options);
	ws.onMessage((m) => tell(Kind.Message)(m.data));
	ws.onError((e) => tell(Kind.Error)(e.message));
	ws.onClose((c) => tell(Kind.Close)(c.code, c.reason));
	return ws;
}

export const refused = <T>(promise: Promise<T>): Promise<void> =>
	promise.then(tell(Kind.Fulfilled), (e: Outcome) => log(e.code, e.message!));
`

const projectTypes = `
export enum Kind { Message = "message", Error = "error", Close = "close", Fulfilled = "fulfilled" }

export interface Outcome { readonly code?: string; readonly message?: string }
`

// writeBundle writes an extension as its author publishes it: one minified
// script that the scaffold's build makes, with a stand-in for the published SDK
// inside.
func writeBundle(t *testing.T, source string) string {
	t.Helper()
	return runtimetest.Write(t, map[string]string{
		"manifest.json": `{"id": "story", "name": "A story", "version": "0.1.0", "main": "dist/main.js", "files": ["dist", "manifest.json"], "engineVersion": ">=0.1.0", "permissions": []}`,
		"dist/main.js":  bundle(t, source),
	})
}

// bundle builds a script with the options of the scaffold.
func bundle(t *testing.T, source string) string {
	t.Helper()
	return bundleOf(t, source, api.LoaderJS)
}

func bundleOf(t *testing.T, source string, loader api.Loader) string {
	t.Helper()
	published, err := filepath.Abs(filepath.Join("testdata", "published"))
	if err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{
		Stdin:             &api.StdinOptions{Contents: source, ResolveDir: published, Sourcefile: "src/main", Loader: loader},
		Alias:             map[string]string{"@srcnexus/ext-sdk": published},
		Outfile:           filepath.Join(published, "dist", "main.js"), // named only
		Format:            api.FormatIIFE,
		Platform:          api.PlatformNeutral,
		MainFields:        []string{"main", "module"},
		Target:            api.ES2020,
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
	})
	if len(built.Errors) > 0 {
		t.Fatal(api.FormatMessages(built.Errors, api.FormatMessagesOptions{}))
	}
	return string(built.OutputFiles[0].Contents)
}
