package sdk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// BenchmarkBundleScript is what a script costs that a bundler made before: a
// small one, and one of 5 MB in which the names of modules occur.
func BenchmarkBundleScript(b *testing.B) {
	for name, size := range map[string]int{"small": 1, "5MB": 5 << 20 / 48} {
		b.Run(name, func(b *testing.B) {
			var code strings.Builder
			code.WriteString(`(()=>{var c=(t,e)=>()=>(e||t((e={exports:{}}).exports,e),e.exports);`)
			for i := range size {
				fmt.Fprintf(&code, "var f%06d=function(a,b){return a?b+1:[a,\"x\"]};\n", i)
			}
			code.WriteString("})();")
			entry := filepath.Join(b.TempDir(), "main.js")
			if err := os.WriteFile(entry, []byte(code.String()), 0o644); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := sdk.Bundle(sdk.Input{Entry: entry}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBundlePackage is what a package of a hundred modules costs.
func BenchmarkBundlePackage(b *testing.B) {
	folder := b.TempDir()
	module := filepath.Join(folder, "node_modules", "big")
	if err := os.MkdirAll(module, 0o755); err != nil {
		b.Fatal(err)
	}
	files := map[string]string{filepath.Join(folder, "main.ts"): `import { v0 } from "big"; globalThis.v = v0`}
	for i := range 100 {
		files[filepath.Join(module, fmt.Sprintf("m%d.js", i))] = fmt.Sprintf("import { v%d } from './m%d.js'; export const v%d = () => [v%d];\n", i+1, i+1, i, i+1)
	}
	files[filepath.Join(module, "m100.js")] = "export const v100 = 1;"
	files[filepath.Join(module, "package.json")] = `{"module": "m0.js"}`
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "main.ts")}); err != nil {
			b.Fatal(err)
		}
	}
}
