package hostnet

import (
	"bufio"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

func TestRequestOnTheWire(t *testing.T) {
	lines := make(chan string, 50)
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		defer close(lines)
		scanner := bufio.NewScanner(conn)
		for scanner.Scan() && scanner.Text() != "" {
			lines <- scanner.Text()
		}
	})
	opts := mustDefaults(t, Options{})
	to, err := newPolicy(opts).judge("ws://user:pass@" + server.Addr + "/a%20b?c=d")
	if err != nil {
		t.Fatal(err)
	}
	header, protocols, err := judgeHeaders(rpc.Object{{Name: "x-custom", Value: "1"}, {Name: "X-CUSTOM", Value: "2"}}, "chat", to)
	if err != nil {
		t.Fatal(err)
	}
	_, err = newClient(opts).dial(t.Context(), to, header, protocols)
	if rpc.Code(err) != CodeHandshake {
		t.Fatal(err)
	}
	want := map[string]string{
		"Host": server.Addr, "User-Agent": "extrun", "X-Custom": "1, 2", "Authorization": "Basic dXNlcjpwYXNz", "Connection": "Upgrade",
		"Upgrade": "websocket", "Sec-Websocket-Protocol": "chat", "Sec-Websocket-Version": "13", "Sec-Websocket-Key": "",
	}
	if first := <-lines; first != "GET /a%20b?c=d HTTP/1.1" {
		t.Errorf("request line %q", first)
	}
	for line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		expected, ok := want[name]
		if !ok || expected != "" && expected != value {
			t.Errorf("unexpected or repeated line %q", line)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestDial(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	plain := func(conn net.Conn) {
		upgrade(conn, "Sec-WebSocket-Protocol: b\r\n", string(hostnettest.Frame(hostnettest.Text, "greeting")))
	}
	opts := Options{
		RootCAs: []*x509.Certificate{authority.Certificate},
		Resolve: hostnettest.NewResolver(map[string][]string{"example.test": {"127.0.0.1"}, "two.test": {"::ffff:127.0.0.1 127.0.0.1"}}).Resolve,
	}
	server := hostnettest.Serve(t, "127.0.0.1:0", plain)
	secured := hostnettest.Serve(t, "127.0.0.1:0", overTLS(authority.Valid(t, "example.test", "127.0.0.1"), plain))
	opts.ConnectTo = map[string]string{"elsewhere.test:80": server.Addr, "example.test:443": secured.Addr}
	for _, raw := range []string{
		"ws://" + server.Addr, fmt.Sprintf("ws://example.test:%d", server.Port), fmt.Sprintf("ws://two.test:%d", server.Port),
		"ws://elsewhere.test", "ws://ELSEWHERE.test.:80/", "wss://" + secured.Addr, "wss://example.test/", fmt.Sprintf("wss://example.test:%d", secured.Port),
	} {
		d, err := dialURL(t, opts, raw, patient, "a", "b")
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		d.wire.start(1<<20, nil, keepAlive{})
		kind, data, err := d.ws.Read(t.Context())
		if err != nil || kind != websocket.MessageText || string(data) != "greeting" || d.protocol != "b" {
			t.Errorf("%s: read %v %q %v, protocol %q", raw, kind, data, err, d.protocol)
		}
	}
}

func TestDialThroughTheSystemsResolver(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { upgrade(conn, "", "") })
	if _, err := dialURL(t, Options{}, fmt.Sprintf("ws://localhost:%d", server.Port), patient); err != nil {
		t.Error(err)
	}
}

func TestConnectToKeepsTheName(t *testing.T) {
	hosts := make(chan string, 1)
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		if request := readRequest(conn); request != nil {
			hosts <- request.Host
		}
	})
	dialURL(t, Options{ConnectTo: map[string]string{"example.test:8080": server.Addr}}, "ws://example.test:8080", patient)
	if host := <-hosts; host != "example.test:8080" {
		t.Errorf("the server was asked for %s", host)
	}
}

func TestPreliminaryAnswersAreSkipped(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
		upgrade(conn, "", "")
	})
	if _, err := dialURL(t, Options{}, "ws://"+server.Addr, patient); err != nil {
		t.Error(err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{300, 301, 302, 303, 304, 305, 307, 308} {
		for _, location := range []string{"/path?token=" + secret, "http://127.0.0.1:4820/", "::bad::", ""} {
			server := hostnettest.Serve(t, "127.0.0.1:0", answer(fmt.Sprintf("HTTP/1.1 %d %s\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status, secret, location)))
			_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
			checkDial(t, err, CodeHandshake, fmt.Sprintf("%d %s", status, http.StatusText(status)), "redirects are not followed")
			if n := server.Accepted(t); n != 1 {
				t.Errorf("%d: %d connections", status, n)
			}
		}
	}
}

func TestStatuses(t *testing.T) {
	for _, status := range []string{"200 OK", "401 Unauthorized", "403 Forbidden", "404 Not Found", "426 Upgrade Required", "429 Too Many Requests", "500 Internal Server Error"} {
		for name, rest := range map[string]string{
			"no body":      "Content-Length: 0\r\n\r\n",
			"stalled body": "Content-Length: 1000000000\r\n\r\nabc",
			"chunks":       "Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
		} {
			server := hostnettest.Serve(t, "127.0.0.1:0", answer("HTTP/1.1 "+status+"\r\n"+rest))
			_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
			checkDial(t, err, CodeHandshake, status)
			if t.Failed() {
				t.Fatalf("%s with %s", status, name)
			}
		}
	}
	server := hostnettest.Serve(t, "127.0.0.1:0", answer("HTTP/1.1 599 "+secret+"\r\n\r\n"))
	_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
	checkDial(t, err, CodeHandshake, "status 599")
}

func TestRefusalClosesTheConnection(t *testing.T) {
	for _, text := range []string{"HTTP/1.1 401 Unauthorized\r\n\r\n", "garbage\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n"} {
		closed := make(chan struct{})
		server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
			defer close(closed)
			answer(text)(conn)
		})
		_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
		checkDial(t, err, CodeHandshake)
		<-closed
	}
}

func TestEndlessBody(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		if readRequest(conn) == nil {
			return
		}
		io.WriteString(conn, "HTTP/1.1 500 Internal Server Error\r\n\r\n")
		for chunk := make([]byte, 32<<10); ; {
			if _, err := conn.Write(chunk); err != nil {
				return
			}
		}
	})
	_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
	checkDial(t, err, CodeHandshake, "500 Internal Server Error")
}

func TestNotAWebSocketServer(t *testing.T) {
	right := "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	for name, test := range map[string]struct{ text, part string }{
		"garbage":              {"\x00\x01\x02garbage\r\n\r\n", "not HTTP"},
		"SSH":                  {"SSH-2.0-OpenSSH_9.6\r\n", "not HTTP"},
		"SMTP":                 {"220 mail.example.com ESMTP\r\n", "not HTTP"},
		"bad status":           {"HTTP/1.1 abc Switching\r\n\r\n", "not HTTP"},
		"bad header":           {right + "no colon\r\n\r\n", "not HTTP"},
		"1 MB in one line":     {"HTTP/1.1 101 " + strings.Repeat("a", 1<<20), "larger than 65536 bytes"},
		"1 MB of header":       {right + strings.Repeat("X-A: b\r\n", 1<<17), "larger than 65536 bytes"},
		"1 MB of 100 Continue": {strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1<<16), "larger than 65536 bytes"},
		"no accept":            {right + "\r\n", "not a WebSocket server"},
		"wrong accept":         {right + "Sec-WebSocket-Accept: AAAA\r\n\r\n", "not a WebSocket server"},
		"two accepts":          {right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Accept: AAAA\r\n\r\n", "not a WebSocket server"},
		"no upgrade":           {"HTTP/1.1 101 S\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n", "not a WebSocket server"},
		"another upgrade":      {"HTTP/1.1 101 S\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n", "not a WebSocket server"},
		"no connection":        {"HTTP/1.1 101 S\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n", "not a WebSocket server"},
		"HTTP/1.0":             {"HTTP/1.0 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n", "not a WebSocket server"},
		"extension":            {right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "extension"},
		"subprotocol":          {right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Protocol: other\r\n\r\n", "subprotocol"},
		"subprotocol's case":   {right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Protocol: CHAT\r\n\r\n", "subprotocol"},
		"two subprotocols":     {right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: chat\r\n\r\n", "subprotocol"},
	} {
		t.Run(name, func(t *testing.T) {
			server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
				if request := readRequest(conn); request != nil {
					io.WriteString(conn, strings.ReplaceAll(test.text, "ACCEPT", hostnettest.AcceptKey(request.Header.Get("Sec-WebSocket-Key"))))
				}
			})
			_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient, "chat")
			checkDial(t, err, CodeHandshake, test.part)
		})
	}
}

func TestServerHangsUp(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { readRequest(conn) })
	_, err := dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
	checkDial(t, err, CodeHandshake, "without answering")

	server = hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		readRequest(conn)
		conn.(*net.TCPConn).SetLinger(0)
	})
	_, err = dialURL(t, Options{}, secretURL("ws", server.Addr), patient)
	checkDial(t, err, CodeConnect, "reset")
}

func TestRefused(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	_, err = dialURL(t, Options{}, secretURL("ws", listener.Addr().String()), patient)
	checkDial(t, err, CodeConnect, "connection refused")
}

func TestLookupFails(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		part string
	}{
		"not found": {&net.DNSError{Err: "no such host", IsNotFound: true}, "no such host"},
		"timeout":   {&net.DNSError{Err: "i/o timeout", IsTimeout: true}, "did not answer"},
		"server":    {&net.DNSError{Err: "server misbehaving"}, "server misbehaving"},
		"embedder":  {io.ErrUnexpectedEOF, "unexpected EOF"},
		"no answer": {nil, "no address"},
	} {
		t.Run(name, func(t *testing.T) {
			resolve := func(context.Context, string) ([]net.IP, error) { return nil, test.err }
			_, err := dialURL(t, Options{Resolve: resolve}, secretURL("wss", "example.test"), patient)
			checkDial(t, err, CodeDNS, test.part)
		})
	}
}
