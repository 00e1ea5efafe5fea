package e2e

import (
	"bufio"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

func TestReach(t *testing.T) { tell(t, reachStories) }

var reachStories = map[string]story{
	"URLs that can't be": {
		source: `onLoad(async () => {
				for (const bad of ["", "//host", "ws:///x", "ws://::1:4820/", "ws://h/#f", "ws://[fe80::1%25lo]/", "ws://h:0/", "ws://h:65536/", "ws://h:x/", "ws://a b/",
						"ws://h/\u0000", "ws://h/\n", "ws:\\\\h\\", " ws://h/", "ws://h/ x", "http://h/", "https://h/", "ftp://h/", "file:///etc/passwd", "ws:", "ws://", "ws://xn--a/", "h", "javascript:0"])
					await network.createWebSocket(bad).then(() => log("open", bad),
						(err) => log(err.code, err.message.startsWith("Invalid WebSocket URL") || [bad, err.message]));
			});`,
		stdout: strings.Repeat("ERR_INVALID_URL true\n", 24),
	},
	"reserved ports in every spelling": {
		source: `onLoad(async () => {
				for (const host of ["localhost", "LOCALHOST", "a.localhost", "localhost.", "127.0.0.1", "127.0.0.2", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.01", "0", "0.0.0.0",
						"[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::0.0.0.1]", "[::ffff:0.0.0.0]",
						"\uff11\uff12\uff17.0.0.1", "127\u30020.0.1", "local\u00adhost", "localho\u017ft", "%6cocalhost", "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3"])
					for (const port of ["4820", "3200", "04820"])
						await network.createWebSocket("ws://" + host + ":" + port + "/").then(() => log("open", host), (err) => err.message.includes(": blocked: port") || log(host, err.message));
				log("checked");
			});`,
		stdout: "checked\n",
	},
	"headers that are the host's": {
		source: `onLoad(async () => {
				for (const name of ["Host", "connection", "UPGRADE", "Sec-WebSocket-Key", "sec-websocket-version", "Sec-WebSocket-Extensions", "Sec-WebSocket-Accept", "Content-Length",
						"Transfer-Encoding", "TE", "Trailer", "Keep-Alive", "Proxy-Authorization", "proxy-anything", "Expect", "HTTP2-Settings"])
					await network.createWebSocket(url, { headers: { [name]: "x" } }).then(() => log("open", name), (err) => /^(header "|101 headers)/.test(err.message) || log(err.message));
				for (const headers of [{ "a b": "x" }, { "": "x" }, { "a:": "x" }, { a: "x\r\nb: y" }, { a: "x\ny" }, { a: "\u0000" }, { "a\r\nb": "x" }, { a: "x".repeat(16385) },
						Object.fromEntries(Array.from({ length: 101 }, (_, i) => ["h" + i, "x"]))])
					await network.createWebSocket(url, { headers }).then(() => log("open"), (err) => /^(header "|101 headers)/.test(err.message) || log(err.message));
				log("checked");
			});`,
		stdout: "checked\n",
	},
}

// TestHeadersOnTheWire looks at all header lines that a server gets, as they are.
func TestHeadersOnTheWire(t *testing.T) {
	lines := make(chan []string, 1)
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		var got []string
		for in := bufio.NewScanner(conn); in.Scan() && in.Text() != ""; {
			got = append(got, in.Text())
		}
		lines <- got
	})
	run(t, write(t, "story.js", script("ws://us%20er:pa:ss@"+server.Addr+"/a?b", `onLoad(() => network.createWebSocket(url, {
		headers: { origin: "https://editor.example", "cookie": "a=b", "user-agent": "mine", "x-one": "1", "X-ONE": "2", "sec-websocket-protocol": "p1, p2" },
	}).catch((err) => log(err.code, err.message)));`))).expect(t,
		"ERR_HANDSHAKE ws://"+server.Addr+"/a: the server closed the connection without answering the handshake\n", "", 0)
	got := <-lines
	if got[0] != "GET /a?b HTTP/1.1" {
		t.Errorf("the request is %q", got[0])
	}
	headers := slices.DeleteFunc(got[1:], func(line string) bool { return strings.HasPrefix(line, "Sec-Websocket-Key: ") })
	slices.Sort(headers)
	want := []string{
		"Authorization: Basic dXMgZXI6cGE6c3M=", "Connection: Upgrade", "Cookie: a=b", "Host: " + server.Addr, "Origin: https://editor.example",
		"Sec-Websocket-Protocol: p1,p2", "Sec-Websocket-Version: 13", "Upgrade: websocket", "User-Agent: mine", "X-One: 1, 2",
	}
	if !slices.Equal(headers, want) {
		t.Errorf("the server got the headers\n%s\nwant\n%s", strings.Join(headers, "\n"), strings.Join(want, "\n"))
	}
}

// TestDetourIsJudged leads an innocent name to a reserved port.
func TestDetourIsJudged(t *testing.T) {
	got := run(t, "--connect-to", "innocent.example:80=127.0.0.1:4820", write(t, "story.js", script("ws://innocent.example/", `onLoad(() => refused(network.createWebSocket(url)));`)))
	if !strings.HasPrefix(got.stdout, "ERR_URL_BLOCKED ws://innocent.example/") || got.code != 0 {
		t.Errorf("got %+v", got)
	}
}

// TestProxy has a proxy that notes what it is asked for and refuses. The
// environment's is obeyed only when the user says so, and never for this machine.
func TestProxy(t *testing.T) {
	asked := make(chan string, 10)
	proxy := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		if request, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			asked <- request.Method + " " + request.Host
		}
	})
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, "http://"+proxy.Addr)
	}
	t.Setenv("NO_PROXY", "")
	server := serve(t, echo)
	away := write(t, "away.js", script("ws://name.invalid/", `onLoad(() => network.createWebSocket(url).catch((err) => log(err.code)));`))
	local := write(t, "local.js", script(server.url, `onLoad(async () => { await (await network.createWebSocket(url)).close(); log("closed"); });`))
	run(t, away).expect(t, "ERR_DNS\n", "", 0)
	run(t, "--proxy", "http://"+proxy.Addr, local).expect(t, "closed\n", "", 0)
	server.received(t, "close 1000")
	run(t, "--proxy", "env", away).expect(t, "ERR_CONNECT\n", "", 0)
	run(t, "--proxy", "http://"+proxy.Addr, away).expect(t, "ERR_CONNECT\n", "", 0)
	if accepted := proxy.Accepted(t); accepted != 2 {
		t.Errorf("the proxy was used %d times, not 2", accepted)
	}
	for range 2 {
		if got := <-asked; got != "CONNECT name.invalid:80" {
			t.Errorf("the proxy was asked for %q", got)
		}
	}
	blocked := write(t, "blocked.js", script("ws://127.1:4820/", `onLoad(() => network.createWebSocket(url).catch((err) => log(err.code)));`))
	run(t, "--proxy", "env", blocked).expect(t, "ERR_URL_BLOCKED\n", "", 0)
}
