package runtime_test

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	goruntime "runtime"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
	"github.com/srcnexus/extrun/sdk"
)

//go:embed testdata/language.js
var languageSource string

// A languageRow is a feature of the language, with the programs that show it.
type languageRow struct {
	since, feature string
	programs       []languageProgram
}

// A languageProgram is run for what it prints.
type languageProgram struct {
	source, want string
	absent       bool // what it prints shows that the feature isn't there
}

var (
	rowHead      = regexp.MustCompile(`(?m)^## (.*?) \| (.*)\n`)
	expectedLine = regexp.MustCompile(`(?m)^//([>!]) (.*)\n`)
)

func languageRows() (rows []languageRow) {
	heads := rowHead.FindAllStringSubmatchIndex(languageSource, -1)
	for i, at := range heads {
		end := len(languageSource)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		row := languageRow{since: languageSource[at[2]:at[3]], feature: languageSource[at[4]:at[5]]}
		for _, text := range strings.Split(languageSource[at[1]:end], "---\n") {
			row.programs = append(row.programs, newLanguageProgram(text))
		}
		rows = append(rows, row)
	}
	return rows
}

func newLanguageProgram(text string) languageProgram {
	program := languageProgram{source: expectedLine.ReplaceAllString(text, "")}
	var want []string
	for _, line := range expectedLine.FindAllStringSubmatch(text, -1) {
		program.absent = line[1] == "!"
		want = append(want, line[2])
	}
	program.want = strings.Join(want, "\n")
	return program
}

// TestLanguage runs a program for each feature of the language, and compares
// what it has found out with the table in README.md.
func TestLanguage(t *testing.T) {
	defer regexp2.StopTimeoutClock()
	var table strings.Builder
	table.WriteString("| since | feature | in extrun |\n| --- | --- | --- |\n")
	for _, row := range languageRows() {
		verdict := 0
		for _, program := range row.programs {
			verdict = max(verdict, program.verdict(t, row.feature))
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", row.since, strings.ReplaceAll(row.feature, "|", `\|`), verdicts[verdict])
	}
	t.Log("\n" + table.String())
	compareTable(t, table.String())
}

// verdicts are what the table says of a feature, the more work the later.
var verdicts = []string{"native", "lowered", "provided", "absent"}

// verdict runs the program as an extension, and then without more and more of
// what helped it.
func (p languageProgram) verdict(t *testing.T, feature string) int {
	folder := runtimetest.Write(t, map[string]string{
		"test.js": p.source, "other.js": `export const name = "other";`, "data.json": `{"answer": 42}`,
	})
	entry := filepath.Join(folder, "test.js")
	if got := runAsExtension(t, entry); got != p.want {
		t.Errorf("%s:\ngot  %s\nwant %s\nof %s", feature, got, p.want, p.source)
	}
	bundled, err := sdk.Bundle(sdk.Input{Entry: entry})
	switch {
	case err != nil:
		t.Fatal(err)
	case p.absent:
		return 3
	case runOnGoja(p.source) == p.want:
		return 0
	case runOnGoja(bundled.Code) == p.want:
		return 1
	}
	return 2
}

func runAsExtension(t *testing.T, entry string) string {
	w := runtimetest.New(t, runtime.Options{})
	ext, err := w.Host.Load(t.Context(), entry)
	if err != nil {
		return runtime.Describe(err)
	}
	w.Idle(ext)
	w.Stop(ext)
	for _, err := range w.Errors() {
		t.Error(runtime.Describe(err))
	}
	return w.Output()
}

func runOnGoja(source string) string {
	vm := goja.New()
	var lines []string
	console := vm.NewObject()
	console.Set("log", func(call goja.FunctionCall) goja.Value {
		var words []string
		for _, arg := range call.Arguments {
			words = append(words, arg.String())
		}
		lines = append(lines, strings.Join(words, " "))
		return goja.Undefined()
	})
	vm.Set("console", console)
	if _, err := vm.RunString(source); err != nil {
		return err.Error()
	}
	return strings.Join(lines, "\n")
}

const (
	tableFile  = "../README.md"
	tableBegin = "<!-- language table: begin -->\n"
	tableEnd   = "<!-- language table: end -->\n"
)

// compareTable compares a table with the one between the marks, or writes it.
func compareTable(t *testing.T, table string) {
	page, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(page), tableBegin)
	old, after, closed := strings.Cut(rest, tableEnd)
	switch {
	case !found || !closed:
		t.Fatalf("%s has no marks for the table", tableFile)
	case old == table:
	case *update:
		if err := os.WriteFile(tableFile, []byte(before+tableBegin+table+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the table in %s is not what the programs show: run go test ./runtime -run ^TestLanguage$ -update", tableFile)
	}
}

// TestProvidedLooksBuiltIn compares what extrun installs with what the standard
// says of the properties: the functions' names and lengths, and that none of them
// is enumerable.
func TestProvidedLooksBuiltIn(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`
		const show = (owner, where, ...names) => names.forEach((name) => {
			const { value, get, enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(owner, name);
			const f = value ?? get;
			console.log(where + "." + name, typeof f === "function" ? f.name + "/" + f.length : String(f), [enumerable && "e", writable && "w", configurable && "c"].filter(Boolean).join(""), "prototype" in Object(f));
		});
		void [RegExp.escape, [].values().map, SuppressedError, WeakRef]; // globals are made when they are touched
		show(Object, "Object", "groupBy"); show(Map, "Map", "groupBy"); show(Promise, "Promise", "withResolvers", "try"); show(Array, "Array", "fromAsync");
		show(String.prototype, "String", "isWellFormed", "toWellFormed"); show(RegExp, "RegExp", "escape"); show(Symbol, "Symbol", "asyncIterator", "dispose");
		show(ArrayBuffer.prototype, "ArrayBuffer", "transfer", "detached"); show(Error, "Error", "captureStackTrace"); show(Number.prototype, "Number", "toLocaleString");
		show(Iterator.prototype, "Iterator", "map", "take", "reduce", "toArray"); show(Iterator, "Iterator", "from"); show(DisposableStack.prototype, "DisposableStack", "use", "disposed");
		show(globalThis, "globalThis", "Iterator", "SuppressedError", "WeakRef");
		console.log([1].values().map(String)[Symbol.toStringTag], Iterator.prototype[Symbol.toStringTag], new SuppressedError(1, 2, "m").message, Object.keys(new SuppressedError(1, 2)).length);`)
	want := strings.TrimSpace(`
Object.groupBy groupBy/2 wc false
Map.groupBy groupBy/2 wc false
Promise.withResolvers withResolvers/0 wc false
Promise.try try/1 wc false
Array.fromAsync fromAsync/1 wc false
String.isWellFormed isWellFormed/0 wc false
String.toWellFormed toWellFormed/0 wc false
RegExp.escape escape/1 wc false
Symbol.asyncIterator Symbol(Symbol.asyncIterator)  false
Symbol.dispose Symbol(Symbol.dispose)  false
ArrayBuffer.transfer transfer/0 wc false
ArrayBuffer.detached get detached/0 c false
Error.captureStackTrace captureStackTrace/2 wc false
Number.toLocaleString toLocaleString/0 wc false
Iterator.map map/1 wc false
Iterator.take take/1 wc false
Iterator.reduce reduce/1 wc false
Iterator.toArray toArray/0 wc false
Iterator.from from/1 wc false
DisposableStack.use use/1 wc false
DisposableStack.disposed get disposed/0 c false
globalThis.Iterator Iterator/0 wc true
globalThis.SuppressedError SuppressedError/3 wc true
globalThis.WeakRef WeakRef/1 wc true
Iterator Helper Iterator m 0`)
	if got := w.Output(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWeakReferencesLetGo makes garbage until some of it is known to be gone.
func TestWeakReferencesLetGo(t *testing.T) {
	gone := make(chan struct{})
	w := runtimetest.New(t, runtime.Options{Console: func(*runtime.Extension, runtime.ConsoleLevel, string) { close(gone) }})
	ext := w.Run(`
		const kept = {}, refs = [new WeakRef(kept)];
		const registry = new FinalizationRegistry((held) => console.log(held, refs[1].deref(), refs[0].deref() === kept));
		(() => { const lost = {}; refs.push(new WeakRef(lost)); registry.register(lost, "gone"); registry.register({}, "never", kept); })();
		registry.unregister(kept);
		export { registry };
		globalThis.registry = registry;`)
	for turns := 0; !isClosed(gone); turns++ {
		if turns == 10_000 {
			t.Fatal("nothing was collected")
		}
		goruntime.GC()
		w.Idle(ext)
	}
	if got, want := w.Output(), "gone undefined true"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFeaturesOfSeveralFiles names half of a feature in one file, and the other
// half in another, which is loaded later.
func TestFeaturesOfSeveralFiles(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{
		"package.json": `{"main": "main.js"}`,
		"main.js": `const list = require(["./a", "js"].join("."));
			console.log(list.values(new Map([["k", 1]])).map((v) => v + 1).toArray().join(), list.R.escape("a.b"));`,
		"a.js": `exports.values = (map) => map.values(); exports.R = RegExp;`,
	})
	if got, want := runAsExtension(t, filepath.Join(folder, "main.js")), `2 \x61\.b`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestErrorsOfTheHostAreErrors catches what a host function throws.
func TestErrorsOfTheHostAreErrors(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`sendMessage("rpc", { id: 1, method: "network.wsClose", params: {} });
		try { sendMessage("rpc", { id: 1, method: "network.wsClose", params: {} }) } catch (e) {
			console.log(e.constructor === Error, Object.prototype.hasOwnProperty.call(e, "value"), String(e).slice(0, 7), e.stack.slice(0, 7));
		}`)
	if lines := w.Lines(); lines[len(lines)-1] != "true false Error:  Error: " {
		t.Errorf("got %q", lines)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// TestLastCharacter has U+10FFFF in all its spellings, on one of which goja
// panics.
func TestLastCharacter(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`const key = { "\u{10FFFF}": 1 }, raw = "\u{0010ffff}".codePointAt(0) === 0x10ffff;
		console.log(raw, "\u{10ffff}1".length, "\\u{10FFFF}", key["\udbff\udfff"], eval("'\\u{10FFFF}'").length, new Function("return '\\\\u{10FFFF}'")());`)
	if got, want := w.Output(), `true 3 \u{10FFFF} 1 2 \u{10FFFF}`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
