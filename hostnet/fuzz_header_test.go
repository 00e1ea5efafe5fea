package hostnet

import (
	"bytes"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"golang.org/x/net/http/httpguts"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// handshakes are names, in lower case, that an extension can't set.
var handshakes = []string{"host", "connection", "upgrade", "sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions",
	"sec-websocket-accept", "sec-websocket-protocol", "content-length", "transfer-encoding", "te", "trailer", "keep-alive", "expect", "http2-settings"}

func FuzzHeaders(f *testing.F) {
	f.Add("Host", "x", "X-A", "1", "chat")
	f.Add("x-a", "1", "X-A", "2", "a,b")
	f.Add("Sec-WebSocket-Protocol", "a, b", "content-length", "1", "")
	f.Add("SeC-WeBSoCket-", "0", "0", "0", "m")
	f.Add("a\r\nb", "c", "d", "e\r\nHost: x", "a b")
	f.Add("user-agent", "", "COOKIE", "a=b; c", "x")
	f.Fuzz(func(t *testing.T, name1, value1, name2, value2, protocol string) {
		header, protocols, err := judgeHeaders(rpc.Object{{Name: name1, Value: value1}, {Name: name2, Value: value2}}, protocol, target{})
		if err != nil {
			if rpc.Code(err) != CodeInvalidHeader {
				t.Fatal(err)
			}
			return
		}
		for name, values := range header {
			if name != http.CanonicalHeaderKey(name) || len(values) != 1 || !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(values[0]) {
				t.Fatalf("%q: %q", name, values)
			}
			if lower := strings.ToLower(name); strings.HasPrefix(lower, "proxy-") || slices.Contains(handshakes, lower) {
				t.Fatalf("%q got through", name)
			}
		}
		if !slices.Contains(protocols, protocol) || strings.ContainsAny(strings.Join(protocols, ""), " ,\r\n\t;=") {
			t.Fatalf("protocols %q", protocols)
		}
		if fault := requestFault(written(t, header, protocols), name1, name2); fault != "" {
			t.Fatalf("%q: %q, %q: %q, protocols %q: %s", name1, value1, name2, value2, protocols, fault)
		}
	})
}

// A press writes a request down instead of sending it.
type press struct{ bytes.Buffer }

var errWritten = errors.New("written down")

func (p *press) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := request.Write(p); err != nil {
		return nil, err
	}
	return nil, errWritten
}

// written is the request with these headers, as it goes out.
func written(t *testing.T, header http.Header, protocols []string) string {
	t.Helper()
	p := new(press)
	_, _, err := websocket.Dial(t.Context(), "ws://example.test/", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: p}, HTTPHeader: header, Subprotocols: protocols, CompressionMode: websocket.CompressionDisabled,
	})
	if !errors.Is(err, errWritten) {
		t.Fatal(err)
	}
	return p.String()
}

// requestFault reads a request byte by byte: one line for each name, none that
// nobody has asked for, and nothing behind them.
func requestFault(request string, given ...string) string {
	head, rest, ok := strings.Cut(request, "\r\n\r\n")
	if !ok || rest != "" {
		return "something follows the header: " + request
	}
	lines := strings.Split(head, "\r\n")
	if lines[0] != "GET / HTTP/1.1" {
		return "the first line is " + lines[0]
	}
	allowed := append([]string{"host", "user-agent", "connection", "upgrade", "sec-websocket-version", "sec-websocket-key", "sec-websocket-protocol"}, given...)
	var seen []string
	for _, line := range lines[1:] {
		name, value, ok := strings.Cut(line, ": ")
		known := slices.ContainsFunc(allowed, func(other string) bool { return strings.EqualFold(other, name) })
		if !ok || !known || slices.Contains(seen, strings.ToLower(name)) || strings.ContainsAny(line, "\r\n\x00") {
			return "the line " + line
		}
		if name == "Host" && value != "example.test" {
			return "the host is " + value
		}
		seen = append(seen, strings.ToLower(name))
	}
	return ""
}
