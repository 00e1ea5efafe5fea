package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
)

// serveMirror answers with what it is asked, and at /wait only when the test is over.
func serveMirror(t *testing.T) string {
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/wait" {
			select {
			case <-over:
			case <-r.Context().Done():
			}
		}
		w.Header()["Date"] = nil
		w.Header()["X-Two"] = []string{"1", "2"}
		fmt.Fprintf(w, "%s %s %s %s", r.Method, r.Header.Get("Content-Type"), r.Header.Get("X-A"), body)
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(over) })
	return server.URL
}

// TestNetworkFetch makes requests as both SDKs make them.
func TestNetworkFetch(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"get":         {`network.fetch(at)`, `{"status":200,"statusText":"OK","ok":true,"headers":{"content-length":"6","content-type":"text/plain; charset=utf-8","x-two":"1, 2"},"body":"GET   ","responseType":"text"}`},
		"an object":   {`network.fetch(at, { method: "post", body: { a: [1] } }).then((r) => r.body)`, `"POST application/json  {\"a\":[1]}"`},
		"headers":     {`network.fetch(at, { method: "PUT", body: "x", headers: { "x-a": "1", "Content-Type": "a/b" } }).then((r) => r.body)`, `"PUT a/b 1 x"`},
		"base64":      {`network.fetch(at, { responseType: "base64" }).then((r) => r.body)`, `"R0VUICAg"`},
		"no URL":      {`network.fetch("nowhere").catch((e) => e.message)`, `"Invalid URL: it must begin with http:// or https://"`},
		"blocked":     {`network.fetch("http://localhost:4820/?secret").catch((e) => e.message)`, `"http://localhost:4820/: blocked: port 4820 of this machine (localhost) is reserved for the host's own services; other local ports are open"`},
		"null method": {`network.fetch(at, { method: "", headers: {}, body: null, responseType: "" }).then((r) => r.body)`, `"GET   "`},
	} {
		t.Run(name, func(t *testing.T) {
			at := serveMirror(t)
			source := fmt.Sprintf("const at = %q; ", at) + test.script + `.then((r) => console.log(JSON.stringify(r)));`
			w := newWorld(t, hostnet.Options{}, runtime.Options{})
			w.Run(`const { network } = require("@srcnexus/ext-sdk"); ` + source)
			if got := w.Output(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			world, ext := newPublished(t, echoed(), bundle(t, sdkImport+source))
			world.Idle(ext)
			if got := world.Output(); got != test.want {
				t.Errorf("as published: got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestNetworkFetchOfOurs checks what the published SDK doesn't have.
func TestNetworkFetchOfOurs(t *testing.T) {
	w := newWorld(t, hostnet.Options{}, runtime.Options{})
	w.Run(fmt.Sprintf(`const at = %q;
		const { network } = require("@srcnexus/ext-sdk"), post = (body) => network.fetch(new URL(at), { method: "POST", body }).then((r) => r.body);
		const refused = (promise) => promise.then(() => console.log("?"), (e) => console.log(e.name, e.code, e.message));
		(async () => {
			const { body } = await network.fetch(at, { responseType: "bytes", headers: new Headers({ "X-A": "1" }) });
			console.log(body instanceof Uint8Array, body.length);
			console.log(await post(new Uint8Array([97, 98]).subarray(1)));
			console.log(await post(new URLSearchParams({ a: "b c" })));
			console.log(await post(new Blob(["é"], { type: "text/x" })), await post(new Blob(["b"])), await post({ [Symbol.toStringTag]: "Blob" }));
			const form = new FormData();
			form.append("a", new File(["c"], "f.txt"));
			console.log((await post(form)).replace(/----\w+/g, "B"));
			await refused(network.fetch());
			await refused(network.fetch(at, 1));
			await refused(network.fetch(at, { timeout: -1 }));
			await refused(network.fetch(at, { headers: [["a", "b"]] }));
			await refused(network.fetch(at + "/wait", { timeout: 20 }));
			await refused(network.fetch(at, { signal: AbortSignal.abort("now") }));
			const later = new AbortController(), waiting = network.fetch(at + "/wait", { signal: later.signal });
			later.abort("why");
			await refused(waiting);
			console.log((await waiting.catch((e) => e)).cause);
			await network.fetch(at, { signal: later.signal.constructor.timeout(1e6) }).then(() => console.log("done"));
		})();`, serveMirror(t)))
	want := []string{
		"true 7", "POST   b", "POST application/x-www-form-urlencoded;charset=UTF-8  a=b+c", "POST text/x  é POST   b POST application/json  {}",
		"POST multipart/form-data; boundary=B  --B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nc\r\n--B--\r\n",
		"TypeError ERR_INVALID_URL Invalid URL: expected a string, got undefined",
		"TypeError ERR_INVALID_DATA fetch needs an object of options, got number",
		"TypeError ERR_INVALID_DATA options.timeout must be a number of milliseconds above 0, got -1",
		"TypeError ERR_INVALID_HEADER options.headers must be an object of strings, got an array",
		"Error ERR_TIMEOUT http://HOST/wait: the response was not complete within 20 ms",
		"AbortError ERR_ABORTED the request was aborted", "AbortError ERR_ABORTED the request was aborted", "why", "done",
	}
	got := w.Lines()
	for i := range got {
		if at, rest, ok := strings.Cut(got[i], "http://127.0.0.1:"); ok {
			got[i] = at + "http://HOST" + rest[strings.IndexByte(rest, '/'):]
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
