package hostnet

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// ownSpellings are hosts that are this machine.
var ownSpellings = []string{
	"localhost", "LOCALHOST", "LocalHost", "localhost.", "a.localhost", "a.b.LOCALHOST.", "localhoſt", "loc\u00adalhost",
	"%6c%6f%63alhost", "l%C2%ADocalhost", "ｌｏｃａｌｈｏｓｔ", "ⓛocalhost", "localhost%E3%80%82", "ip6-localhost", "ip6-loopback", "localhost.localdomain",
	"127.0.0.1", "127.0.0.1.", "127.0.0.2", "127.255.255.255", "127.1", "127.0.1", "0x7f.1", "0X7F.0.0.1", "2130706433", "0x7f000001",
	"017700000001", "0177.0.0.1", "127.0.0.01", "0", "0.0.0.0", "0.1.2.3", "0x0", "00", "1",
	"１２７．０．０．１", "①②⑦.0.0.1", "127。0。0。1", "127｡0｡0｡1", "127．0．0．1", "%31%32%37.0.0.1",
	"[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[0::0]", "[::0.0.0.1]", "[::0.0.0.0]",
	"[::ffff:127.0.0.1]", "[::FFFF:7F00:1]", "[::ffff:7f00:1]", "[::ffff:0.0.0.0]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
	"[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::]", "[64:ff9b:1::127.0.0.1]", "[64:ff9b:1:7f00:0:100::]", "[2002:7f00:1::]", "[2002:7f00:1::1]", "[2002::1]",
	"user:pass@localhost", "example.com@127.0.0.1",
}

// otherSpellings are hosts that are not.
var otherSpellings = []string{
	"example.com", "localhost.example.com", "notlocalhost", "local-host", "128.0.0.1", "126.255.255.255", "10.0.0.1", "1.0.0.0",
	"[2001:db8::1]", "[::ffff:8.8.8.8]", "[64:ff9b::8.8.8.8]", "[64:ff9b:1::8.8.8.8]", "[64:ff9b:2::]", "[2002:808:808::1]", "[fe80::1]", "[ff02::1]", "localhost@example.com",
}

func TestReservedPorts(t *testing.T) {
	p := newPolicy(mustDefaults(t, Options{}))
	own := append(slices.Clone(ownSpellings), interfaceHosts(t)...)
	if name, err := os.Hostname(); err == nil {
		own = append(own, name, strings.ToUpper(name)+".")
	}
	for _, scheme := range []string{"ws", "WSS"} {
		for _, port := range []string{"4820", "3200", "04820"} {
			for _, host := range own {
				raw := scheme + "://" + host + ":" + port + "/path?query"
				_, err := p.judge(raw)
				if rpc.Code(err) != CodeURLBlocked {
					t.Errorf("%s: got %v, want a refusal", raw, err)
				} else if number := strings.TrimPrefix(port, "0"); !strings.Contains(err.Error(), "port "+number+" of this machine") || strings.Contains(err.Error(), "query") {
					t.Errorf("%s: unclear message: %v", raw, err)
				}
			}
		}
	}
}

func TestOtherPortsAreOpen(t *testing.T) {
	p := newPolicy(mustDefaults(t, Options{}))
	for _, host := range append(slices.Clone(ownSpellings), interfaceHosts(t)...) {
		for _, port := range []string{"", ":80", ":4821", ":3201", ":48200", ":1", ":65535"} {
			if _, err := p.judge("ws://" + host + port); err != nil {
				t.Errorf("%s%s: %v", host, port, err)
			}
		}
	}
	for _, host := range otherSpellings {
		if _, err := p.judge("wss://" + host + ":4820/"); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestReservedPortsAreAnOption(t *testing.T) {
	p := newPolicy(mustDefaults(t, Options{ReservedPorts: []uint16{443}}))
	if _, err := p.judge("wss://localhost/"); rpc.Code(err) != CodeURLBlocked {
		t.Errorf("got %v, want a refusal of the default port", err)
	}
	if _, err := p.judge("ws://localhost:4820/"); err != nil {
		t.Error(err)
	}
	p = newPolicy(mustDefaults(t, Options{ReservedPorts: []uint16{}}))
	if _, err := p.judge("ws://localhost:4820/"); err != nil {
		t.Error("an empty list reserves a port:", err)
	}
}

func FuzzPolicy(f *testing.F) {
	for _, host := range append(slices.Clone(ownSpellings), otherSpellings...) {
		f.Add("ws://" + host + ":4820/")
	}
	for _, raw := range []string{"//localhost:4820", "ws://::1:4820/", "ws:///localhost:4820", `ws://a\@localhost:4820/`, "ws://[::1%25lo]:3200/", "ws://a/?b#c", "wss://u:p@h/%2e%2e/%7C|?'\"", "ws://127.0.0.-1:4820"} {
		f.Add(raw)
	}
	p := newPolicy(mustDefaults(f, Options{}))
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := p.judge(raw)
		if err != nil {
			if code := rpc.Code(err); code != CodeInvalidURL && code != CodeURLBlocked {
				t.Fatalf("%q: code %q", raw, code)
			}
			return
		}
		if fault := independentFault(got); fault != "" {
			t.Fatalf("%q became %q: %s", raw, got.url, fault)
		}
		if again, err := p.judge(got.url); err != nil || again.url != got.url || again.host != got.host || again.port != got.port {
			t.Fatalf("%q became %q, which is judged otherwise: %+v, %v", raw, got.url, again, err)
		}
	})
}

// independentFault judges what was let through with the standard library only.
func independentFault(got target) string {
	u, err := url.Parse(got.url)
	if err != nil {
		return err.Error()
	}
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = map[string]string{"ws": "80", "wss": "443"}[u.Scheme]
	}
	if port != fmt.Sprint(got.port) || host != got.host || u.User != nil || u.Fragment != "" || u.String() != got.url || !strings.HasSuffix(got.url, u.RequestURI()) {
		return "the parts disagree"
	}
	if strings.ContainsAny(got.display, "?#\r\n\x00 ") {
		return "the display form is " + got.display
	}
	if port != "4820" && port != "3200" {
		return ""
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.IsUnspecified() || ip.To4() != nil && ip.To4()[0] == 0) {
		return "a reserved port of this machine"
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".") {
		return "a reserved port of this machine"
	}
	return ""
}

func mustDefaults(t testing.TB, opts Options) Options {
	t.Helper()
	opts, err := opts.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return opts
}

// interfaceHosts lists this machine's own addresses as URLs write them, those
// outside the loopback ranges included.
func interfaceHosts(t testing.TB) []string {
	t.Helper()
	list, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	var hosts []string
	for _, entry := range list {
		prefix := netip.MustParsePrefix(entry.String())
		hosts = append(hosts, bracketed(prefix.Addr().String()))
		if prefix.Addr().Is4() {
			hosts = append(hosts, "[::ffff:"+prefix.Addr().String()+"]", "[64:ff9b::"+prefix.Addr().String()+"]")
		}
	}
	return hosts
}
