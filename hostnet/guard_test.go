package hostnet

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// reservedServer listens on every address of this machine, on a port that opts
// reserves.
func reservedServer(t *testing.T, opts *Options) *hostnettest.Server {
	t.Helper()
	server := hostnettest.Serve(t, ":0", func(conn net.Conn) { upgrade(conn, "", "") })
	opts.ReservedPorts = []uint16{server.Port}
	return server
}

// ownAddresses are answers of a resolver that lead to this machine.
func ownAddresses(t *testing.T) []string {
	answers := []string{
		"127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0.0.0.1", "::1", "::", "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0.0.0.0",
		"64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "::ffff:0:7f00:1",
		"127.0.0.1 ::1", "::1 127.0.0.1", "127.0.0.1 127.0.0.1", "nonsense 127.0.0.1",
	}
	for _, host := range interfaceHosts(t) {
		answers = append(answers, strings.Trim(host, "[]"))
	}
	return answers
}

func TestSpellingsNeverReachAReservedPort(t *testing.T) {
	var opts Options
	server := reservedServer(t, &opts)
	for _, host := range append(interfaceHosts(t), ownSpellings...) {
		_, err := dialURL(t, opts, fmt.Sprintf("ws://%s:%d/path", host, server.Port), patient)
		checkDial(t, err, CodeURLBlocked, fmt.Sprintf("port %d of this machine", server.Port))
	}
	if n := server.Accepted(t); n != 0 {
		t.Errorf("%d connections reached the reserved port", n)
	}
}

func TestNamesThatResolveToThisMachine(t *testing.T) {
	var opts Options
	server := reservedServer(t, &opts)
	for _, answer := range ownAddresses(t) {
		opts.Resolve = hostnettest.NewResolver(map[string][]string{"example.test": {answer}}).Resolve
		_, err := dialURL(t, opts, secretURL("ws", fmt.Sprintf("example.test:%d", server.Port)), patient)
		checkDial(t, err, CodeURLBlocked, "resolves to this machine", fmt.Sprint(server.Port))
	}
	if n := server.Accepted(t); n != 0 {
		t.Errorf("%d connections reached the reserved port", n)
	}
}

func TestAnswersThatChange(t *testing.T) {
	var opts Options
	server := reservedServer(t, &opts)
	resolver := hostnettest.NewResolver(map[string][]string{"example.test": {"", "127.0.0.1"}})
	opts.Resolve = resolver.Resolve
	url := secretURL("ws", fmt.Sprintf("example.test:%d", server.Port))
	_, err := dialURL(t, opts, url, patient)
	checkDial(t, err, CodeDNS)
	_, err = dialURL(t, opts, url, patient)
	checkDial(t, err, CodeURLBlocked, "resolves to this machine")
	if n := server.Accepted(t); n != 0 || len(resolver.Asked()) != 2 {
		t.Errorf("%d connections reached the reserved port after %q", n, resolver.Asked())
	}
}

// A target that text can't judge stands for names that the system's hosts file
// or resolver sends here.
func TestGuardOnTheSystemsResolver(t *testing.T) {
	var opts Options
	server := reservedServer(t, &opts)
	for _, host := range []string{"localhost", "127.0.0.1", "::1", "0.0.0.0"} {
		to := target{url: fmt.Sprintf("ws://%s/path", joinHostPort(host, server.Port)), display: "ws://example.test/path", host: host, port: server.Port}
		_, err := newClient(mustDefaults(t, opts)).dial(t.Context(), to, nil, nil)
		checkDial(t, err, CodeURLBlocked, "resolves to this machine")
	}
	if n := server.Accepted(t); n != 0 {
		t.Errorf("%d connections reached the reserved port", n)
	}
}

func TestDetoursToAReservedPort(t *testing.T) {
	var opts Options
	server := reservedServer(t, &opts)
	opts.ConnectTo = map[string]string{"example.test:80": fmt.Sprintf("localhost:%d", server.Port)}
	_, err := dialURL(t, opts, secretURL("ws", "example.test"), patient)
	checkDial(t, err, CodeURLBlocked, "this machine")

	opts.ConnectTo = map[string]string{fmt.Sprintf("localhost:%d", server.Port): "127.0.0.1:1"}
	_, err = dialURL(t, opts, fmt.Sprintf("ws://localhost:%d/path", server.Port), patient)
	checkDial(t, err, CodeURLBlocked, "this machine")

	opts.Proxy = proxyAt("http", fmt.Sprintf("127.0.0.1:%d", server.Port))
	_, err = dialURL(t, opts, secretURL("ws", "elsewhere.test"), patient)
	checkDial(t, err, CodeURLBlocked, "the proxy is on this machine")
	if n := server.Accepted(t); n != 0 {
		t.Errorf("%d connections reached the reserved port", n)
	}
}

func TestOtherPortsOfThisMachine(t *testing.T) {
	server := hostnettest.Serve(t, ":0", func(conn net.Conn) { upgrade(conn, "", "") })
	for _, host := range []string{"127.0.0.1", "127.0.0.2", "127.1", "[::1]", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]"} {
		if _, err := dialURL(t, Options{}, fmt.Sprintf("ws://%s:%d", host, server.Port), patient); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestRefusalCostsNoTraffic(t *testing.T) {
	resolver := hostnettest.NewResolver(nil)
	namespace, err := New(Options{Resolve: resolver.Resolve})
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"ws://localhost:4820", "http://example.test", "ws://example.test/#"} {
		if _, err := namespace.policy.judge(raw); err == nil {
			t.Errorf("%s was let through", raw)
		}
	}
	if asked := resolver.Asked(); len(asked) > 0 {
		t.Errorf("looked up %q", asked)
	}
}

// ends is a connection between two addresses.
type ends struct {
	net.Conn
	local, remote string
}

func (e ends) LocalAddr() net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(e.local)) }
func (e ends) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(e.remote))
}

func TestConnectionToItself(t *testing.T) {
	g := guard{policy{[]uint16{4820}}}
	for _, test := range []struct {
		ends    ends
		blocked bool
	}{
		{ends{local: "203.0.113.1:50000", remote: "203.0.113.1:4820"}, true},
		{ends{local: "203.0.113.1:50000", remote: "[::ffff:203.0.113.1]:4820"}, true},
		{ends{local: "[fe80::1%eth0]:50000", remote: "[fe80::1%eth0]:4820"}, true},
		{ends{local: "127.0.0.1:50000", remote: "127.0.0.9:4820"}, true},
		{ends{local: "203.0.113.1:50000", remote: "203.0.113.2:4820"}, false},
		{ends{local: "203.0.113.1:50000", remote: "203.0.113.1:4821"}, false},
	} {
		if err := g.judgeConn(test.ends); (err != nil) != test.blocked {
			t.Errorf("%s to %s: %v", test.ends.local, test.ends.remote, err)
		}
	}
}

func TestControlRefusesWhatItCannotRead(t *testing.T) {
	if err := (guard{policy{[]uint16{4820}}}).control(t.Context(), "tcp", "not an address", nil); err == nil || rpc.Code(err) != "" {
		t.Errorf("got %v", err)
	}
}
