package hostnet

import (
	"net/http"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// given are names and values of params.
type given []any

// TestFetchSends checks the method, some headers and the body that reach the
// server.
func TestFetchSends(t *testing.T) {
	server := serveRaw(t, func(*http.Request) string { return whole("200 OK", "") })
	f := newFixture(t, Options{})
	pairs := []any{[]any{"X-A", "1"}, []any{"x-a", "2"}, []any{"Cookie", "a=1"}, []any{"cookie", "b=2"}, []any{"X-Byte", "\u00e9"}}
	for _, test := range []struct {
		given given
		want  string
	}{
		{given{"method", "post", "body", "text"}, "POST Content-Type=text/plain;charset=UTF-8 text"},
		{given{"method", "PuT", "body", object("a", int64(1))}, `PUT Content-Type=application/json {"a":1}`},
		{given{"method", "PATCH", "body", []any{"a", true}, "headers", object("content-type", "a/b")}, `PATCH Content-Type=a/b ["a",true]`},
		{given{"method", "POST", "body", []byte{1, 2}}, "POST \x01\x02"},
		{given{"method", "POST", "body", ""}, "POST Content-Type=text/plain;charset=UTF-8 "},
		{given{"method", "POST", "body", rpc.NewLazy(func() any { return "lazy" })}, "POST Content-Type=text/plain;charset=UTF-8 lazy"},
		{given{"method", "DELETE"}, "DELETE "},
		{given{"method", "OPTIONS", "body", nil}, "OPTIONS "},
		{given{"method", nil}, "GET "},
		{given{"method", ""}, "GET "},
		{given{"method", "patch", "redirect", "follow", "body", "web"}, "patch web"},
		{given{"method", "POST", "body", "x", "redirect", "", "headers", pairs}, "POST Cookie=a=1; b=2 X-A=1, 2 X-Byte=\xe9 x"},
		{given{"headers", object("Range", "bytes=0-1", "Accept", "a/b")}, "GET Accept=a/b Accept-Encoding=identity Range=bytes=0-1 "},
	} {
		f.fetch(server.url, test.given...)
		if got := described(server.last()); got != test.want {
			t.Errorf("%v: got %q, want %q", test.given, got, test.want)
		}
	}
}

// described are the parts of a request that are not the host's own.
func described(request *http.Request, body string) string {
	var text strings.Builder
	text.WriteString(request.Method + " ")
	for _, name := range []string{"Accept", "Accept-Encoding", "Authorization", "Content-Type", "Cookie", "Range", "X-A", "X-Byte"} {
		value := strings.Join(request.Header[name], " AND ")
		if value != "" && value != "*/*" && value != "gzip, deflate" {
			text.WriteString(name + "=" + value + " ")
		}
	}
	return text.String() + body
}

// TestFetchRefuses checks what is refused before anything is sent.
func TestFetchRefuses(t *testing.T) {
	server := serveRaw(t, func(*http.Request) string { return whole("200 OK", "") })
	f, book := recorded(t, Options{MaxBody: 10})
	for _, test := range []struct {
		code  string
		given given
		words string
	}{
		{CodeInvalidData, given{"url", nil}, "url must be a string, not null"},
		{CodeInvalidURL, given{"url", "ws://h.test/"}, "Invalid URL: the scheme must be http or https, not ws"},
		{CodeInvalidURL, given{"url", "file:///etc/passwd"}, "Invalid URL: it must begin with http:// or https://"},
		{CodeInvalidURL, given{"url", "/relative"}, "must begin with http://"},
		{CodeInvalidURL, given{"url", "http://h.test:99999/"}, "port must be a number"},
		{CodeInvalidURL, given{"url", "http://h.test/a b"}, "blank"},
		{CodeURLBlocked, given{"url", "http://u:s3cret@127.1:4820/?s3cret#s3cret"}, "http://127.0.0.1:4820/: blocked"},
		{CodeURLBlocked, given{"url", "https://LOCALHOST:3200/"}, "port 3200 of this machine"},
		{CodeURLBlocked, given{"url", "http://[::ffff:127.0.0.1]:4820/"}, "blocked"},
		{CodeInvalidData, given{"method", "CONNECT"}, "CONNECT is not for extensions"},
		{CodeInvalidData, given{"method", "trace", "redirect", "follow"}, "TRACE is not for extensions"},
		{CodeInvalidData, given{"method", "TrAcK"}, "TRACK is not for extensions"},
		{CodeInvalidData, given{"method", "GET / HTTP/1.1\r\nX: y"}, "not a valid method"},
		{CodeInvalidData, given{"method", strings.Repeat("A", 65)}, "not a valid method"},
		{CodeInvalidData, given{"method", int64(1)}, "method must be a string, not a number"},
		{CodeInvalidData, given{"body", "s3cret"}, "a GET request can't have a body"},
		{CodeInvalidData, given{"method", "HEAD", "body", "s3cret"}, "a HEAD request can't have a body"},
		{CodeInvalidData, given{"method", "POST", "body", int64(1)}, "body must be a string, bytes, an object or an array, not a number"},
		{CodeInvalidData, given{"method", "POST", "body", true}, "not a boolean"},
		{CodeTooLarge, given{"method", "POST", "body", "01234567890"}, "the body has 11 bytes, and may have 10"},
		{CodeInvalidData, given{"responseType", "blob"}, "responseType must be one of text, base64, bytes"},
		{CodeInvalidData, given{"redirect", int64(1)}, "redirect must be one of follow, error, manual"},
		{CodeInvalidData, given{"timeout", int64(0)}, "network.fetch: timeout must be a number"},
		{CodeInvalidHeader, given{"headers", object("Host", "s3cret")}, `header "Host": extensions can't set this header`},
		{CodeInvalidHeader, given{"headers", object("proxy-authorization", "s3cret")}, "can't set this header"},
		{CodeInvalidHeader, given{"headers", object("transfer-encoding", "chunked")}, "can't set this header"},
		{CodeInvalidHeader, given{"headers", object("Content-Length", "1")}, "can't set this header"},
		{CodeInvalidHeader, given{"headers", object("X", "a\r\ns3cret: b")}, "line break"},
		{CodeInvalidHeader, given{"headers", object("X\r\nY", "a")}, "not a valid header name"},
		{CodeInvalidHeader, given{"headers", object("X", int64(1))}, "the value must be a string, not a number"},
		{CodeInvalidHeader, given{"headers", "X: 1"}, "headers must be an object of strings, not a string"},
		{CodeInvalidHeader, given{"headers", []any{"X"}}, "array of pairs"},
		{CodeInvalidHeader, given{"headers", []any{[]any{"X"}}}, "array of pairs"},
		{CodeInvalidHeader, given{"headers", []any{[]any{nil, "X"}}}, "name of a header must be a string, not null"},
		{CodeInvalidHeader, given{"headers", []any{[]any{"X", "s3cret\u0100"}}}, "above U+00FF"},
		{CodeInvalidHeader, given{"headers", object("X", strings.Repeat("x", 16<<10))}, "the headers of a request may have 16384 bytes together"},
	} {
		err := f.do("fetch", append(object(test.given...), object("url", server.url)...)).Err
		if rpc.Code(err) != test.code || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%v: got %v, want %s with %q", test.given, err, test.code, test.words)
		}
		if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v: %v has a secret", test.given, err)
		}
	}
	if server.requests() != 0 || server.Accepted(t) != 0 {
		t.Error("something was sent")
	}
	if text := book.String(); strings.Contains(text, "s3cret") || !strings.Contains(text, "method=network.fetch") {
		t.Errorf("the log: %s", text)
	}
}

func TestFetchUserInfo(t *testing.T) {
	server := serveRaw(t, func(*http.Request) string { return whole("200 OK", "") })
	f := newFixture(t, Options{})
	reply := f.fetch("http://user:pass@"+server.Addr+"/", "redirect", "follow")
	if got := described(server.last()); got != "GET Authorization=Basic dXNlcjpwYXNz " {
		t.Errorf("got %q", got)
	}
	if got := reply.Get("url"); got != server.url+"/" {
		t.Errorf("url %v", got)
	}
}
