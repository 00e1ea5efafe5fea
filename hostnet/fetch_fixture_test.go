package hostnet

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// A webServer is a server of HTTP whose answers are raw bytes, and what it was
// asked.
type webServer struct {
	*hostnettest.Server
	url string

	mu    sync.Mutex
	asked []*http.Request
	body  []string
}

// serveLast answers each request with the same bytes, and closes.
func serveLast(t testing.TB, answer string) *webServer {
	t.Helper()
	w := new(webServer)
	w.Server = hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		if request, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			w.note(request)
			io.WriteString(conn, answer)
		}
	})
	w.url = "http://" + w.Addr
	return w
}

// hangUp ends an answer after which the connection is closed.
const hangUp = "(and then hang up)"

// serveRaw answers each request with what answer returns, as it is.
func serveRaw(t testing.TB, answer func(*http.Request) string) *webServer {
	t.Helper()
	return serveWrapped(t, func(conn net.Conn) net.Conn { return conn }, answer)
}

func serveWrapped(t testing.TB, wrap func(net.Conn) net.Conn, answer func(*http.Request) string) *webServer {
	t.Helper()
	w := new(webServer)
	w.Server = hostnettest.Serve(t, "127.0.0.1:0", func(raw net.Conn) {
		conn := wrap(raw)
		for reader := bufio.NewReader(conn); ; {
			request, err := http.ReadRequest(reader)
			if err != nil {
				return
			}
			w.note(request)
			text, last := strings.CutSuffix(answer(request), hangUp)
			if _, err := io.WriteString(conn, text); err != nil || last {
				return
			}
		}
	})
	w.url = "http://" + w.Addr
	return w
}

func (w *webServer) note(request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, request)
	w.body = append(w.body, string(body))
}

// last is the last request, and its body.
func (w *webServer) last() (*http.Request, string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.asked) == 0 {
		return nil, ""
	}
	return w.asked[len(w.asked)-1], w.body[len(w.body)-1]
}

func (w *webServer) requests() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}

// whole is an answer of a status, a body and header lines.
func whole(status, body string, header ...string) string {
	return "HTTP/1.1 " + status + "\r\n" + strings.Join(append(header, ""), "\r\n") + "Content-Length: " + decimal(uint16(len(body))) + "\r\n\r\n" + body
}

// fetch makes a request that succeeds.
func (f *fixture) fetch(url string, more ...any) rpc.Object {
	f.t.Helper()
	reply, _ := f.must("fetch", append(object("url", url), object(more...)...)).(rpc.Object)
	return reply
}

// fetchError makes a request that fails with a code, and returns the text.
func (f *fixture) fetchError(code, url string, more ...any) string {
	f.t.Helper()
	err := f.do("fetch", append(object("url", url), object(more...)...)).Err
	if rpc.Code(err) != code {
		f.t.Errorf("%s: %v, want %s", url, err, code)
	}
	if f.session.Busy() {
		f.t.Errorf("%s: the place is still taken", url)
	}
	if err == nil {
		return "answered"
	}
	return code + ": " + anyPort.ReplaceAllString(err.Error(), "${1}PORT")
}

func tlsServer(conn net.Conn, certificate tls.Certificate) net.Conn {
	return tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{certificate}})
}
