package e2e

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
)

// TestGlobalFetch is what no standard says of fetch: how the host's refusals
// look, and that they tell no secrets.
func TestGlobalFetch(t *testing.T) {
	pages := servePages(t)
	for name, test := range map[string]struct{ script, want string }{
		"a header of the host's":   {`await fetch(at + "text", { headers: { HOST: "x" } })`, "TypeError ERR_INVALID_HEADER \"host\""},
		"a length of one's own":    {`await fetch(at + "text", { method: "POST", body: "x", headers: { "content-length": "5" } })`, "TypeError ERR_INVALID_HEADER content-length"},
		"a reserved port":          {`await fetch("http://localhost:4820/")`, "TypeError ERR_URL_BLOCKED 4820"},
		"a redirect to one":        {`await fetch(at + "redirect?code=302&to=http://127.0.0.1:3200/")`, "TypeError ERR_URL_BLOCKED 3200"},
		"nobody listens":           {`await fetch("http://127.0.0.1:1/?token=secret#secret", { headers: { authorization: "secret" } })`, "TypeError ERR_CONNECT 127.0.0.1:1"},
		"a redirect that mustn't":  {`await fetch(at + "redirect?code=302&to=/text%3Fsecret", { redirect: "error" })`, "TypeError ERR_REDIRECT redirect"},
		"integrity":                {`await fetch(at + "text", { integrity: "sha256-x" })`, "TypeError undefined integrity"},
		"a page that isn't there":  {`await fetch(at + "short").then((r) => r.text())`, "TypeError ERR_RESPONSE "},
		"what is too large":        {`await fetch(at + "gzip")`, "TypeError ERR_TOO_LARGE "},
		"too much at once":         {`const c = new AbortController(); setTimeout(() => c.abort(), 100); for (let i = 0; i < 3; i++) fetch(at + "wait", c).catch(() => {}); await fetch(at + "text")`, "TypeError ERR_LIMIT 3"},
		"the SDK's fetch as it is": {`globalThis.fetch = async () => "mine"; globalThis.Headers = class {}; throw Object.assign(new Error(await fetch()), { cause: { code: typeof new Headers().get } })`, "Error undefined mine"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, hostnet.Options{MaxBody: 20_000, MaxFetches: 3}, runtime.Options{})
			w.Run(`const at = "http://` + pages + `/";
				(async () => { try { ` + test.script + ` } catch (e) { console.log(e.name, e.cause?.code, e.message, e.stack.includes("test.js:2")) } })()`)
			got, words := w.Output(), strings.Fields(test.want)
			for _, word := range append(words, "true") {
				if !strings.Contains(got, word) {
					t.Errorf("got %s, want %s in it", got, word)
				}
			}
			if strings.Contains(got, "secret") || len(w.Errors()) > 0 {
				t.Errorf("got %s, %v", got, w.Errors())
			}
		})
	}
}

// TestFetchWhenExtensionEnds stops an extension that waits for an answer.
func TestFetchWhenExtensionEnds(t *testing.T) {
	pages := servePages(t)
	w := newWorld(t, hostnet.Options{}, runtime.Options{})
	ext := w.Load(`fetch("http://` + pages + `/wait").then(() => console.log("answered"), () => {}); fetch("http://` + pages + `/text").then(() => console.log("sent"))`)
	w.Stop(ext)
	if got := w.Output(); strings.Contains(got, "answered") || len(w.Errors()) > 0 {
		t.Errorf("got %s, %v", got, w.Errors())
	}
}
