package hostnet

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestFetchAnswers checks answers that are odd and right.
func TestFetchAnswers(t *testing.T) {
	f := newFixture(t, Options{})
	for _, test := range []struct {
		name, answer string
		given        given
		want         string
	}{
		{"preliminary", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + whole("200 Fine", "b"), nil, "200 Fine b"},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;ext=1\r\nd\r\n0\r\nTrailer: x\r\n\r\n", nil, "200 OK abcd"},
		{"until the end", "HTTP/1.0 200 OK\r\n\r\nabc", nil, "200 OK abc"},
		{"no content", "HTTP/1.1 204 No Content\r\n\r\n", nil, "204 No Content "},
		{"not modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", nil, "304 Not Modified "},
		{"reset content", whole("205 Reset", "surplus"), nil, "205 Reset "},
		{"head", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n", given{"method", "HEAD"}, "200 OK "},
		{"error status", whole("500 Oh no", "sorry"), nil, "500 Oh no sorry"},
		{"no such status", whole("999 \xe9", "x"), nil, "999 \u00e9 x"},
		{"no status text", whole("200", "x"), nil, "200  x"},
		{"redirect without Location", whole("302 Found", "x"), nil, "302 Found x"},
		{"no redirect", whole("300 Choose", "x", "Location: /y"), nil, "300 Choose x"},
		{"byte order mark", whole("200 OK", "\ufeffx"), nil, "200 OK x"},
		{"wrong UTF-8", whole("200 OK", "a\xe2\x82b\xf0\x9f\xff\xc3"), nil, "200 OK a\ufffdb\ufffd\ufffd\ufffd"},
		{"base64", whole("200 OK", "\xff\x00"), given{"responseType", "base64"}, "200 OK /wA="},
		{"bytes", whole("200 OK", "\xff\x00"), given{"responseType", "bytes"}, "200 OK [255 0]"},
		{"no bytes", whole("200 OK", ""), given{"responseType", "bytes"}, "200 OK []"},
		{"gzip", coded("gzip", "hello"), nil, "200 OK hello"},
		{"deflate", coded("deflate", "hello"), nil, "200 OK hello"},
		{"bare deflate", coded("bare", "hello"), nil, "200 OK hello"},
		{"twice", whole("200 OK", compressed("deflate", compressed("gzip", "hello")), "Content-Encoding: X-GZip", "content-encoding: deflate"), nil, "200 OK hello"},
		{"unknown", whole("200 OK", "raw", "Content-Encoding: gzip, br"), nil, "200 OK raw"},
		{"identity", whole("200 OK", "raw", "Content-Encoding: identity"), nil, "200 OK raw"},
		{"compressed nothing", whole("200 OK", "", "Content-Encoding: gzip"), nil, "200 OK "},
		{"cookies", whole("200 OK", "", "Set-Cookie: a, b", "Set-Cookie: c"), given{"redirect", "follow"}, "200 OK  [[content-length 0] [set-cookie a, b] [set-cookie c]]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := serveLast(t, test.answer)
			reply := f.fetch(server.url, test.given...)
			got := fmt.Sprintf("%v %v %v", reply.Get("status"), reply.Get("statusText"), reply.Get("body"))
			if pairs, ok := reply.Lookup("headerPairs"); ok {
				got += " " + fmt.Sprint(pairs)
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// coded is an answer that is compressed.
func coded(coding, text string) string {
	named := coding
	if coding == "bare" {
		named = "deflate"
	}
	return whole("200 OK", compressed(coding, text), "Content-Encoding: "+named)
}

func compressed(coding, text string) string {
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	switch coding {
	case "deflate":
		w = zlib.NewWriter(&b)
	case "bare":
		w, _ = flate.NewWriter(&b, flate.BestCompression)
	}
	io.WriteString(w, text)
	w.Close()
	return b.String()
}

// fetchFaults are what servers do wrong when they answer a request.
var fetchFaults = []fault{{row: 36, name: "a response that can't be read", made: responseInjections()}}

func responseInjections() (injections []injection) {
	for _, test := range []struct{ name, answer, code, words string }{
		{"no answer", "", CodeResponse, "closed the connection without answering"},
		{"not HTTP", "SSH-2.0-OpenSSH_9.9 s3cret\r\n\r\n", CodeResponse, "the server's answer is not HTTP"},
		{"half a header", "HTTP/1.1 200 OK\r\nX: s3c", CodeResponse, "ended before the response was complete"},
		{"endless header", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X: s3cret\r\n", 1<<16), CodeResponse, "larger than 65536 bytes"},
		{"endless line", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("s3cret", 1<<16), CodeResponse, "larger than 65536 bytes"},
		{"preliminary flood", strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1<<14), CodeResponse, "larger than 65536 bytes"},
		{"switch", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", CodeResponse, "without having been asked"},
		{"short body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", CodeResponse, "ended before the response was complete"},
		{"short chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", CodeResponse, "ended before the response was complete"},
		{"no last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", CodeResponse, "ended before the response was complete"},
		{"bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n", CodeResponse, "not framed as HTTP demands"},
		{"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", CodeResponse, "not HTTP"},
		{"bad length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab", CodeResponse, "not HTTP"},
		{"large body", whole("200 OK", strings.Repeat("x", 2000)), CodeTooLarge, "more than 1000 bytes"},
		{"huge length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n" + strings.Repeat("x", 2000), CodeTooLarge, "more than 1000 bytes"},
		{"large until the end", "HTTP/1.0 200 OK\r\n\r\n" + strings.Repeat("x", 2000), CodeTooLarge, "more than 1000 bytes"},
		{"large chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n" + strings.Repeat("x", 2000), CodeTooLarge, "more than 1000 bytes"},
		{"large compressed", whole("200 OK", compressed("gzip", strings.Repeat("\x00", 1<<20)), "Content-Encoding: gzip"), CodeTooLarge, "more than 1000 bytes"},
		{"large in between", whole("200 OK", compressed("gzip", strings.Repeat(compressed("gzip", ""), 2000)), "Content-Encoding: gzip, gzip"), CodeTooLarge, "more than 1000 bytes"},
		{"not gzip", whole("200 OK", "plain", "Content-Encoding: gzip"), CodeResponse, "not compressed as its Content-Encoding says"},
		{"short gzip", whole("200 OK", compressed("gzip", "hello")[:18], "Content-Encoding: gzip"), CodeResponse, "not compressed as"},
		{"gzip and more", whole("200 OK", compressed("gzip", "hello")+"more", "Content-Encoding: gzip"), CodeResponse, "not compressed as"},
		{"not deflate", whole("200 OK", "\x78\x9c???", "Content-Encoding: deflate"), CodeResponse, "not compressed as"},
		{"many codings", whole("200 OK", "x", "Content-Encoding: gzip, gzip, gzip, gzip, gzip"), CodeResponse, "compressed more than 4 times"},
	} {
		injections = append(injections, injection{test.name, func(t *testing.T) string {
			return badResponse(t, test.answer, test.code, test.words)
		}})
	}
	return injections
}

// badResponse makes a request that ends with an error and one record, and
// leaves nothing behind.
func badResponse(t *testing.T, answer, code, words string) string {
	server := serveLast(t, answer)
	f, book := recorded(t, Options{MaxBody: 1000})
	observed := check(t, f.fetchError(code, server.url+"/p?s3cret"), words, "http://127.0.0.1:PORT/p:")
	book.check(t, faultFetch, "code="+code)
	if n := f.session.(*session).fetcher.budget.used.Load(); n != 0 {
		t.Errorf("%d bytes are still held", n)
	}
	return observed
}

// TestFetchBomb checks the memory that a bomb takes.
func TestFetchBomb(t *testing.T) {
	text := compressed("gzip", strings.Repeat("\x00", 64<<20))
	server := serveRaw(t, func(*http.Request) string {
		return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
	})
	f := newFixture(t, Options{MaxBody: 1 << 20})
	before := allocated()
	f.fetchError(CodeTooLarge, server.url)
	allocatedSince(t, before)
}

// TestFetchBudget checks that bodies of many requests are bounded together.
func TestFetchBudget(t *testing.T) {
	server := serveRaw(t, func(*http.Request) string { return whole("200 OK", strings.Repeat("x", 3000)) })
	f := newFixture(t, Options{MaxFetchBytes: 2000})
	check(t, f.fetchError(CodeLimit, server.url), "may have 2000 bytes together")
	check(t, f.fetchError(CodeLimit, server.url, "method", "POST", "body", strings.Repeat("x", 2001)), "may have 2000 bytes together")
	if n := f.session.(*session).fetcher.budget.used.Load(); n != 0 {
		t.Errorf("%d bytes are still held", n)
	}
}
