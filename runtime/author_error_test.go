package runtime_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"golang.org/x/tools/txtar"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

var update = flag.Bool("update", false, "write what is shown into the files that it is compared with")

// forms are the sections that say what is shown of a program in a form.
var forms = []string{"js", "ts", "min"}

// TestAuthorErrors runs the programs of testdata/errors, each of which makes one
// kind of error, in three forms: as a JavaScript file; as TypeScript in a file
// that another imports; and as that, minified, with a source map. What is shown
// stands in the file, to the letter.
func TestAuthorErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "there are no programs")
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			program := slices.DeleteFunc(slices.Clone(archive.Files), func(file txtar.File) bool { return slices.Contains(forms, file.Name) })
			shown := txtar.Archive{Comment: archive.Comment, Files: slices.Clone(program)}
			for _, form := range forms {
				got := show(t, form, program)
				if want := section(archive, form); got != want && !*update {
					t.Errorf("as %s, got:\n%s\nwant:\n%s", form, got, want)
				}
				shown.Files = append(shown.Files, txtar.File{Name: form, Data: []byte(got)})
			}
			if *update {
				os.WriteFile(name, txtar.Format(&shown), 0o644)
			}
		})
	}
}

func section(archive *txtar.Archive, name string) string {
	for _, file := range archive.Files {
		if file.Name == name {
			return string(file.Data)
		}
	}
	return ""
}

// show is all that an author is shown of a program: why it can't be loaded, what
// nobody caught, and what it wrote to the console.
func show(t *testing.T, form string, program []txtar.File) string {
	w := runtimetest.New(t, runtime.Options{})
	ext, err := w.Host.Load(t.Context(), lay(t, form, program))
	if err != nil {
		return lines("load", runtime.Describe(err)) + shownBy(w)
	}
	w.Idle(ext)
	if err := w.Host.PushEvent(t.Context(), "fileSave", map[string]any{"uri": "file:///a", "name": "a"}); err != nil {
		t.Fatal(err)
	}
	answer := ""
	if strings.Contains(string(program[0].Data), "__executeCommand") {
		_, err := ext.ExecuteCommand(t.Context(), "test.run", nil)
		answer = lines("command", fmt.Sprint(err))
	}
	w.Idle(ext)
	w.Stop(ext)
	return shownBy(w) + answer
}

func shownBy(w *runtimetest.World) string {
	var out strings.Builder
	for _, err := range w.Errors() {
		out.WriteString(lines("uncaught", err.Detail()))
	}
	for _, line := range w.Lines() {
		out.WriteString(lines("console", line))
	}
	return out.String()
}

func lines(what, text string) string {
	return what + ":\n" + strings.TrimSuffix("  "+strings.ReplaceAll(text, "\n", "\n  "), "  ") + "\n"
}

// lay writes a program in a form, and returns its entry. Its first file is the
// one to be run or imported, the others lie beside it.
func lay(t *testing.T, form string, program []txtar.File) string {
	files := make(map[string]string)
	for _, file := range program[1:] {
		for _, folder := range []string{"", "src/", "dist/"} {
			files[folder+file.Name] = string(file.Data)
		}
	}
	text := string(program[0].Data)
	if form == "js" {
		files["main.js"] = text
		return filepath.Join(runtimetest.Write(t, files), "main.js")
	}
	files["manifest.json"] = `{"id": "test", "name": "Test", "version": "1.0.0"}`
	files["src/main.ts"] = "import './my lib';\n"
	files["src/my lib.ts"] = "interface Unused { readonly x: number }\n\n" + text
	folder := runtimetest.Write(t, files)
	entry := filepath.Join(folder, "src", "main.ts")
	if form == "min" {
		return minify(t, folder, entry)
	}
	return entry
}

func minify(t *testing.T, folder, entry string) string {
	t.Helper()
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Outfile: filepath.Join(folder, "dist", "main.js"), Write: true,
		Bundle: true, Format: api.FormatESModule, Target: api.ESNext, External: []string{"@srcnexus/*"},
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Sourcemap: api.SourceMapLinked,
	})
	if len(result.Errors) > 0 { // a program that can't be built has no such form
		return entry
	}
	return filepath.Join(folder, "dist", "main.js")
}
