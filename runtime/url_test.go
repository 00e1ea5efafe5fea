package runtime_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// compareURLs goes through a table that Node.js has written, and prints what is
// another here. Where Node.js is wrong, the table has only the URL.
const compareURLs = `
import table from "./url_table.json";
const read = (url) => table.parts.map((part) => url[part]);
const attempt = (make) => { try { return read(make()); } catch (e) { return e instanceof TypeError ? null : String(e); } };
let compared = 0;
function compare(what, got, want) {
	compared++;
	if (typeof want === "string") got = got?.[0];
	if (JSON.stringify(got) !== JSON.stringify(want)) console.log(what + "\n  got  " + JSON.stringify(got) + "\n  want " + JSON.stringify(want));
}
for (const row of table.parse) {
	const want = row.at(-1), args = row.slice(0, -1);
	compare("new URL(" + JSON.stringify(args) + ")", attempt(() => new URL(...args)), want);
	if (URL.canParse(...args) !== (want !== null)) console.log("canParse", args);
	if (want !== null && URL.parse(URL.parse(...args).href).href !== URL.parse(...args).href) console.log("not stable", args);
}
for (const [href, part, value, want] of table.set) {
	compare("set " + JSON.stringify([href, part, value]), attempt(() => {
		const url = new URL(href);
		try { url[part] = value; } catch {}
		return url;
	}), want);
}
console.log("compared", compared);
`

func TestURLsAreThoseOfNode(t *testing.T) {
	table, err := os.ReadFile(filepath.Join("testdata", "web", "url_table.json"))
	if err != nil {
		t.Fatal(err)
	}
	folder := runtimetest.Write(t, map[string]string{"test.js": compareURLs, "url_table.json": string(table)})
	w := runtimetest.New(t, runtime.Options{})
	if _, err := w.Host.Load(t.Context(), filepath.Join(folder, "test.js")); err != nil {
		t.Fatal(runtime.Describe(err))
	}
	if got := w.Output(); !strings.HasPrefix(got, "compared ") {
		t.Errorf("%d differences:\n%s", strings.Count(got, "  got  "), got)
	}
}

// expensive are URLs that the parser would read for seconds.
var expensive = []string{
	`"http://" + "@".repeat(3e5) + "h"`, `"http://" + "u".repeat(3e5) + "@h"`, `"http://h/" + "a/".repeat(3e5)`,
	`"sc://" + "ä".repeat(3e5)`, `"x".repeat(5e6)`, `"http:\\n/" + "\\".repeat(3e5)`, `"ht\ntp:/" + "@".repeat(1e5)`,
}

func TestExpensiveURLsAreRefused(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	script := "const url = new URL('http://h/'); const attempt = (f) => { try { f(); console.log('no error'); } catch (e) { if (e.name !== 'RangeError') console.log(e); } };\n"
	for _, url := range expensive {
		script += "attempt(() => URL.canParse(" + url + ")); attempt(() => new URL('x', " + url + ")); attempt(() => { url.href = " + url + " });\n"
	}
	for _, part := range []string{"host", "username", "pathname"} {
		script += "attempt(() => { url." + part + " = 'a/'.repeat(3e5) });\n"
	}
	w.Load(script + "url.search = 'ä/'.repeat(1e5); console.log(url.href.length, URL.parse('data:x,' + 'a/'.repeat(3e5)).href.length);")
	if got := w.Output(); got != "700010 600007" {
		t.Error(got)
	}
}
