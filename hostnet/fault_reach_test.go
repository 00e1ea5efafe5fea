package hostnet

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// reachFaults are the rows about what may be reached, and with which headers.
var reachFaults = []fault{
	{row: 1, name: "spellings of this machine on a reserved port", made: slices.Concat(
		spellingInjections(), resolvedInjections(), isolatedReach, []injection{
			{"every other spelling that the tests know", func(t *testing.T) string { return reservedSpellings(t, ownSpellings) }},
			{"a redirect to it", redirectToReserved},
			{"an environment proxy on it", environmentProxyOnReserved},
			{"a proxy of the embedder's on it", proxyOnReserved},
			{"another port, in every spelling", otherPortInEverySpelling},
		})},
	{row: 2, name: "DNS that answers differently the second time", made: slices.Concat([]injection{
		{"first no address, then 127.0.0.1", rebinding},
		{"several addresses of this machine in one answer", func(t *testing.T) string { return resolvedToReserved(t, "127.0.0.1 127.0.0.1 ::1") }},
	}, isolatedRebinding)},
	{row: 3, name: "3xx in the handshake, redirect loops", made: redirectInjections()},
	{row: 4, name: "proxies in the environment", made: []injection{
		{"HTTP_PROXY and its kin, each of them set", environmentProxyIgnored},
		{"the same, where the embedder asks for it", environmentProxyAskedFor},
	}},
	{row: 5, name: "headers that can't be sent", made: headerInjections()},
}

// reservedSpellingsOfThePage are those that have passed an obvious check once.
var reservedSpellingsOfThePage = []string{
	"LOCALHOST", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::0.0.0.1]", "[::ffff:0.0.0.0]",
	"１２７.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "localhoſt", "loc\u00adalhost", "loc%C2%ADalhost", "%6cocalhost",
	"127.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.01", "0", "ip6-localhost", "127.0.0.2",
}

func spellingInjections() []injection {
	injections := []injection{
		{"the port with a leading zero", func(t *testing.T) string { return reservedURL(t, "ws://localhost:0%d/", CodeURLBlocked) }},
		{"[::1%25lo]", func(t *testing.T) string { return reservedURL(t, "ws://[::1%%25lo]:%d/", CodeInvalidURL) }},
		{"fullwidth digits in the port", func(t *testing.T) string { return reservedURL(t, "ws://localhost:４%d/", CodeInvalidURL) }},
	}
	for _, host := range reservedSpellingsOfThePage {
		injections = append(injections, injection{host, func(t *testing.T) string {
			return reservedURL(t, "ws://"+strings.ReplaceAll(host, "%", "%%")+":%d/", CodeURLBlocked)
		}})
	}
	return injections
}

func resolvedInjections() (injections []injection) {
	for _, answer := range []string{"127.0.0.1", "::1", "0.0.0.0", "::", "127.0.0.2", "::ffff:127.0.0.1"} {
		injections = append(injections, injection{"a name that resolves to " + answer, func(t *testing.T) string { return resolvedToReserved(t, answer) }})
	}
	return injections
}

// reservedURL connects to a URL with the reserved port in it.
func reservedURL(t *testing.T, format, code string) string {
	var opts Options
	server := reservedServer(t, &opts)
	observed := newFixture(t, opts).connectError(code, fmt.Sprintf(format, server.Port))
	return untouched(t, observed, server)
}

func resolvedToReserved(t *testing.T, answer string) string {
	var opts Options
	server := reservedServer(t, &opts)
	opts.Resolve = hostnettest.NewResolver(map[string][]string{"example.test": {answer}}).Resolve
	observed := newFixture(t, opts).connectError(CodeURLBlocked, fmt.Sprintf("ws://example.test:%d/", server.Port))
	return untouched(t, check(t, observed, "resolves to this machine"), server)
}

// untouched checks that nobody has connected to the server.
func untouched(t *testing.T, observed string, server *hostnettest.Server) string {
	t.Helper()
	n := server.Accepted(t)
	if n != 0 {
		t.Errorf("%d connections reached the reserved port", n)
	}
	return fmt.Sprintf("%s, %d connections to the port", observed, n)
}

// reservedSpellings connects to the reserved port of every host.
func reservedSpellings(t *testing.T, hosts []string) string {
	var opts Options
	server := reservedServer(t, &opts)
	f := newFixture(t, opts)
	for _, host := range hosts {
		f.connectError(CodeURLBlocked, fmt.Sprintf("ws://%s:%d/", host, server.Port))
	}
	return untouched(t, fmt.Sprintf("%d of %d refused with ERR_URL_BLOCKED", len(hosts), len(hosts)), server)
}

func redirectToReserved(t *testing.T) string {
	var opts Options
	reserved := reservedServer(t, &opts)
	server := hostnettest.Serve(t, "127.0.0.1:0", answer(fmt.Sprintf("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\n\r\n", reserved.Port)))
	return untouched(t, check(t, newFixture(t, opts).connectError(CodeHandshake, "ws://"+server.Addr+"/"), "302 Found"), reserved)
}

func environmentProxyOnReserved(t *testing.T) string {
	var opts Options
	reserved := reservedServer(t, &opts)
	setProxies(t, reserved.Addr)
	newFixture(t, opts).connect("ws://" + working(t).Addr + "/")
	return untouched(t, "connected directly", reserved)
}

func proxyOnReserved(t *testing.T) string {
	var opts Options
	reserved := reservedServer(t, &opts)
	opts.Proxy = proxyAt("http", fmt.Sprintf("127.0.0.1:%d", reserved.Port))
	return untouched(t, newFixture(t, opts).connectError(CodeURLBlocked, "ws://elsewhere.test/"), reserved)
}

func otherPortInEverySpelling(t *testing.T) string {
	server := hostnettest.Serve(t, ":0", acceptAll)
	f := newFixture(t, Options{MaxConnections: 100, Resolve: hostnettest.NewResolver(thisMachinesNames).Resolve})
	connected := 0
	for _, host := range reservedSpellingsOfThePage {
		if answer := f.do("wsConnect", object("url", fmt.Sprintf("ws://%s:%d/", host, server.Port))); answer.Err != nil {
			t.Errorf("%s: %v", host, answer.Err)
			continue
		}
		connected++
	}
	return fmt.Sprintf("%d of %d connected", connected, len(reservedSpellingsOfThePage))
}

// thisMachinesNames are what a hosts file has, which not every machine's does.
var thisMachinesNames = map[string][]string{"localhost": {"127.0.0.1"}, "ip6-localhost": {"::1 127.0.0.1"}}

func rebinding(t *testing.T) string {
	var opts Options
	server := reservedServer(t, &opts)
	resolver := hostnettest.NewResolver(map[string][]string{"example.test": {"", "127.0.0.1"}})
	opts.Resolve = resolver.Resolve
	f := newFixture(t, opts)
	url := fmt.Sprintf("ws://example.test:%d/", server.Port)
	first := f.connectError(CodeDNS, url)
	second := check(t, f.connectError(CodeURLBlocked, url), "resolves to this machine")
	return untouched(t, first+", then "+second, server)
}

func redirectInjections() (injections []injection) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		injections = append(injections, injection{fmt.Sprintf("%d to itself, for ever", status), func(t *testing.T) string { return redirectLoop(t, status) }})
	}
	return injections
}

func redirectLoop(t *testing.T, status int) string {
	server := hostnettest.Serve(t, "127.0.0.1:0", answer(fmt.Sprintf("HTTP/1.1 %d See\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", status)))
	observed := check(t, newFixture(t, Options{}).connectError(CodeHandshake, "ws://"+server.Addr+"/"), fmt.Sprint(status), "redirects are not followed")
	n := server.Accepted(t)
	if n != 1 {
		t.Errorf("%d connections", n)
	}
	return fmt.Sprintf("%s, %d request", observed, n)
}

// setProxies sets what programs take for the user's choice of a proxy.
func setProxies(t *testing.T, hostPort string) {
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "WS_PROXY", "WSS_PROXY"} {
		t.Setenv(name, "http://"+hostPort)
		t.Setenv(strings.ToLower(name), "http://"+hostPort)
	}
}

func environmentProxyIgnored(t *testing.T) string {
	proxy, direct := hostnettest.Serve(t, "127.0.0.1:0", stall), working(t)
	setProxies(t, proxy.Addr)
	resolver := hostnettest.NewResolver(map[string][]string{"example.test": {"127.0.0.1"}})
	newFixture(t, Options{Resolve: resolver.Resolve}).connect(fmt.Sprintf("ws://example.test:%d/", direct.Port))
	n := proxy.Accepted(t)
	if n != 0 {
		t.Errorf("the proxy got %d connections", n)
	}
	return fmt.Sprintf("connected directly, %d connections to the proxy", n)
}

func environmentProxyAskedFor(t *testing.T) string {
	asked := make(chan string, 1)
	proxy := hostnettest.Serve(t, "127.0.0.1:0", connectProxy(working(t).Addr, asked))
	newFixture(t, Options{Proxy: proxyAt("http", proxy.Addr)}).connect("ws://example.test/")
	method, rest, _ := strings.Cut(<-asked, " ")
	host, _, _ := strings.Cut(rest, " ")
	return check(t, fmt.Sprintf("connected through the proxy, which was asked for %s %s", method, host), "CONNECT example.test:80")
}

func headerInjections() []injection {
	injections := []injection{
		{"duplicates that differ in case", duplicateHeaders},
		{"2 MB of headers", func(t *testing.T) string { return refusedHeader(t, "X-Large", strings.Repeat("a", 2<<20)) }},
		{"a line break in a name", func(t *testing.T) string { return refusedHeader(t, "X-A\r\nHost", secret) }},
		{"a line break in a value", func(t *testing.T) string { return refusedHeader(t, "X-A", secret+"\r\nHost: elsewhere.test") }},
	}
	for _, name := range []string{"Host", "host", "content-length", "TRANSFER-encoding", "Sec-WebSocket-Key", "sec-websocket-extensions", "Proxy-Authorization", "Expect"} {
		injections = append(injections, injection{"the header " + name, func(t *testing.T) string { return refusedHeader(t, name, secret) }})
	}
	return injections
}

func refusedHeader(t *testing.T, name, value string) string {
	server := working(t)
	observed := newFixture(t, Options{}).connectError(CodeInvalidHeader, "ws://"+server.Addr+"/", "headers", rpc.Object{{Name: name, Value: value}})
	if shown := strings.Trim(fmt.Sprintf("%q", name), `"`); !strings.Contains(observed, shown) || strings.Contains(observed, secret) {
		t.Errorf("%q", observed)
	}
	return untouched(t, observed, server)
}

func duplicateHeaders(t *testing.T) string {
	lines := make(chan string, 100)
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		defer close(lines)
		for from := bufio.NewScanner(conn); from.Scan() && from.Text() != ""; {
			lines <- from.Text()
		}
	})
	newFixture(t, Options{}).connectError(CodeHandshake, "ws://"+server.Addr+"/", "headers", object("x-a", "1", "X-A", "2", "X-a", "3"))
	var sent []string
	for line := range lines {
		if strings.HasPrefix(strings.ToLower(line), "x-a") {
			sent = append(sent, line)
		}
	}
	if !slices.Equal(sent, []string{"X-A: 1, 2, 3"}) {
		t.Errorf("sent %q", sent)
	}
	return fmt.Sprintf("merged: one line, %s, was sent", strings.Join(sent, "; "))
}
