package hostnet

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// Faults that are made in a network of their own.
var (
	isolatedReach = []injection{
		{"services on all interfaces, and all spellings of all addresses", isolated(reservedServices)},
		{"an address that an interface has got meanwhile", isolated(lateAddress)},
		{"an address that no interface has, of a prefix that loopback has", isolated(deliveredAddress)},
		{"another host's address, where the system lets any address be bound", isolated(anyAddressBound)},
	}
	isolatedRebinding = []injection{
		{"a DNS server that says 192.0.2.1 and then 127.0.0.1", isolated(rebindingServer)},
		{"a redirect to the same name, which was another host's and is 127.0.0.1 by then", isolated(rebindingRedirect)},
	}
	isolatedDials = []injection{
		{"a SYN into a black hole", isolated(blackHoled)},
		{"no route to the address", isolated(noRoute)},
		{"a DNS server that knows no such name", isolated(dnsReply(CodeDNS, dnsmessage.RCodeNameError))},
		{"a DNS server that fails", isolated(dnsReply(CodeDNS, dnsmessage.RCodeServerFailure))},
		{"a DNS server that knows no address", isolated(dnsReply(CodeDNS, dnsmessage.RCodeSuccess))},
		{"a DNS server that sends garbage", isolated(dnsGarbage)},
		{"a DNS server that is silent", isolated(dnsSilence)},
		{"a DNS server that isn't there", isolated(dnsRefused)},
	}
	isolatedVanishings = []injection{
		{"all packets lost between two hosts, idle", isolated(func(t *testing.T) string { return packetsLost(t, 0) })},
		{"all packets lost between two hosts, with data in flight", isolated(func(t *testing.T) string { return packetsLost(t, 20) })},
	}
	isolatedOutages = []injection{
		{"all packets lost between two hosts for 1.5 s, with data both ways", isolated(outage)},
	}
)

const (
	ownAddress  = "10.77.0.1"
	ownAddress6 = "2001:db8:77::1"
)

// reservedServices listens where the host's own services do, and connects to
// them in every way there is.
func reservedServices(t *testing.T) string {
	tun(t, "own", ownAddress+"/24")
	hosts := slices.Concat(ownSpellings, []string{ownAddress, "10.77.1", "0x0a4d0001", "[::ffff:10.77.0.1]", "[64:ff9b::10.77.0.1]", "[2002:a4d:1::]"})
	answers := []string{ownAddress, "::ffff:" + ownAddress, "127.0.0.1", "::1", "0.0.0.0", "192.0.2.1 " + ownAddress,
		"64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "::ffff:0:7f00:1", "64:ff9b::a4d:1"}
	if err := addAddress("own", netip.MustParsePrefix(ownAddress6+"/64")); err != nil {
		skipIsolated(t, fmt.Sprintf("there is no IPv6: %v", err))
	}
	hosts, answers = append(hosts, "["+ownAddress6+"]", "[2001:DB8:77:0::1]"), append(answers, ownAddress6)
	count, reached := 0, 0
	for _, port := range []int{4820, 3200} {
		server := hostnettest.Serve(t, fmt.Sprintf(":%d", port), acceptAll)
		reachable(t, port)
		before := server.Accepted(t)
		for _, host := range hosts {
			newFixture(t, Options{}).connectError(CodeURLBlocked, fmt.Sprintf("ws://%s:%d/", host, port))
		}
		for _, answer := range answers {
			opts := Options{Resolve: hostnettest.NewResolver(map[string][]string{"example.test": {answer}}).Resolve}
			newFixture(t, opts).connectError(CodeURLBlocked, fmt.Sprintf("ws://example.test:%d/", port))
		}
		count += len(hosts) + len(answers)
		reached += server.Accepted(t) - before
	}
	if reached != 0 {
		t.Errorf("%d connections reached a reserved port", reached)
	}
	return fmt.Sprintf("%d of %d refused with ERR_URL_BLOCKED, %d connections to the ports", count, count, reached)
}

// reachable checks that the addresses lead to this machine.
func reachable(t *testing.T, port int) {
	t.Helper()
	for _, host := range []string{ownAddress, ownAddress6, "127.0.0.1", "::1"} {
		conn, err := net.Dial("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
	}
}

func lateAddress(t *testing.T) string {
	tun(t, "own", "10.77.0.3/24")
	server := hostnettest.Serve(t, ":4820", acceptAll)
	f := newFixture(t, Options{})
	before := f.connectError(CodeTimeout, "ws://"+ownAddress+":4820/", "timeout", 100)
	if err := addAddress("own", netip.MustParsePrefix(ownAddress+"/24")); err != nil {
		t.Fatal(err)
	}
	return untouched(t, before+", then "+f.connectError(CodeURLBlocked, "ws://"+ownAddress+":4820/"), server)
}

// deliveredAddress connects to an address that leads to this machine although
// no interface has it.
func deliveredAddress(t *testing.T) string {
	if err := addAddress("lo:1", netip.MustParsePrefix("10.99.0.1/16")); err != nil {
		t.Fatal(err)
	}
	const other = "10.99.0.5"
	server := hostnettest.Serve(t, ":4820", acceptAll)
	conn, err := net.Dial("tcp", other+":4820")
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	before := server.Accepted(t)
	opts := Options{Resolve: hostnettest.NewResolver(map[string][]string{"example.test": {other}}).Resolve}
	observed := newFixture(t, opts).connectError(CodeURLBlocked, "ws://"+other+":4820/")
	newFixture(t, opts).connectError(CodeURLBlocked, "ws://example.test:4820/")
	reached := server.Accepted(t) - before
	if reached != 0 {
		t.Errorf("%d connections reached the reserved port", reached)
	}
	return fmt.Sprintf("%s, %d connections to the port", observed, reached)
}

func anyAddressBound(t *testing.T) string {
	tun(t, "own", ownAddress+"/24")
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_nonlocal_bind", []byte("1"), 0o644); err != nil {
		skipIsolated(t, fmt.Sprintf("the system's setting can't be changed: %v", err))
	}
	return newFixture(t, Options{}).connectError(CodeTimeout, "ws://10.77.0.9:4820/", "timeout", 100)
}

func rebindingServer(t *testing.T) string {
	ownNameServer(t)
	var lookups atomic.Int64
	hostnettest.ServeDNS(t, "127.0.0.1:53", func(query dnsmessage.Message) []byte {
		addr := netip.MustParseAddr("127.0.0.1")
		if query.Questions[0].Type == dnsmessage.TypeA && lookups.Add(1) == 1 {
			addr = netip.MustParseAddr("192.0.2.1")
		}
		return hostnettest.DNSAnswer(query, dnsmessage.RCodeSuccess, addr)
	})
	server := hostnettest.Serve(t, ":4820", acceptAll)
	f := newFixture(t, Options{})
	first := f.connectError(CodeConnect, "ws://example.test:4820/")
	second := check(t, f.connectError(CodeURLBlocked, "ws://example.test:4820/"), "resolves to this machine")
	return untouched(t, first+", then "+second, server)
}

// rebindingRedirect asks another host's server, which redirects to itself, by a
// name that leads here when it is looked up again.
func rebindingRedirect(t *testing.T) string {
	l := newLink(t)
	far := hostnettest.ServeOn(t, l.listener, func(conn net.Conn) {
		if readRequest(conn) != nil {
			io.WriteString(conn, whole("307 There", "", "Location: /again", "Connection: close"))
		}
	})
	near := hostnettest.Serve(t, fmt.Sprintf(":%d", far.Port), func(net.Conn) {})
	resolver := hostnettest.NewResolver(map[string][]string{"example.test": {"10.77.0.2", "127.0.0.1"}})
	f := newFixture(t, Options{ReservedPorts: []uint16{far.Port}, Resolve: resolver.Resolve})
	observed := check(t, f.fetchError(CodeURLBlocked, fmt.Sprintf("http://example.test:%d/", far.Port)), "/again: blocked: the name resolves to this machine")
	if names := resolver.Asked(); len(names) != 2 {
		t.Errorf("looked up: %v", names)
	}
	return untouched(t, observed, near)
}

func blackHoled(t *testing.T) string {
	tun(t, "hole", "10.77.0.1/24")
	return check(t, newFixture(t, Options{DialTimeout: 300 * time.Millisecond}).connectError(CodeTimeout, "ws://10.77.0.9/"), "no connection within 300 ms")
}

func noRoute(t *testing.T) string {
	return check(t, newFixture(t, Options{}).connectError(CodeConnect, "ws://192.0.2.1/"), "unreachable")
}

// dnsReply looks a name up at a server that answers with a code and no address.
func dnsReply(code string, reply dnsmessage.RCode) func(t *testing.T) string {
	return func(t *testing.T) string {
		return lookup(t, Options{}, code, func(query dnsmessage.Message) []byte { return hostnettest.DNSAnswer(query, reply, netip.Addr{}) })
	}
}

func dnsGarbage(t *testing.T) string {
	return lookup(t, Options{DialTimeout: 300 * time.Millisecond}, CodeTimeout, func(dnsmessage.Message) []byte { return []byte("garbage") })
}

func dnsSilence(t *testing.T) string {
	return lookup(t, Options{}, CodeDNS, func(dnsmessage.Message) []byte { return nil })
}

func lookup(t *testing.T, opts Options, code string, reply func(dnsmessage.Message) []byte) string {
	ownNameServer(t)
	hostnettest.ServeDNS(t, "127.0.0.1:53", reply)
	return newFixture(t, opts).connectError(code, "ws://example.test/")
}

func dnsRefused(t *testing.T) string {
	ownNameServer(t)
	return newFixture(t, Options{}).connectError(CodeDNS, "ws://example.test/")
}

// packetsLost loses everything that is sent from some moment on, by both sides.
func packetsLost(t *testing.T, sends int) string {
	l := newLink(t)
	f := newFixture(t, Options{PingInterval: 300 * time.Millisecond, PingTimeout: 500 * time.Millisecond})
	id := f.connect(hostnettest.ServePeersOn(t, l.listener, echo))
	f.must("wsSend", object("connectionId", id, "data", "hello"))
	f.expect("message hello")
	l.cut.Store(true)
	for range sends {
		f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 10_000)))
	}
	return check(t, f.untilClose(), "ping timed out", "close 1006")
}

// echo sends every message back.
func echo(p *hostnettest.Peer) {
	for {
		first, payload, err := p.Receive()
		if err != nil {
			return
		}
		if first == hostnettest.Ping {
			first = hostnettest.Pong
		}
		p.Send(first, payload)
		if first == hostnettest.Close {
			return
		}
	}
}

func outage(t *testing.T) string {
	const count = 20
	l := newLink(t)
	f := newFixture(t, Options{})
	id := f.connect(hostnettest.ServePeersOn(t, l.listener, echo))
	for n := range count {
		if n == count/4 {
			l.cut.Store(true)
		}
		f.start("wsSend", object("connectionId", id, "data", strconv.Itoa(n)))
	}
	<-time.After(1500 * time.Millisecond)
	l.cut.Store(false)
	for n := range count {
		f.expect("message " + strconv.Itoa(n))
	}
	f.must("wsClose", object("connectionId", id))
	return check(t, fmt.Sprintf("%d messages there and back in order, no other event, then %s", count, f.untilClose()), "close 1000")
}
