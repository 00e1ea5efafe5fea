package hostnet

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// errNotDialled ends a dial where its first packet would be sent.
var errNotDialled = errors.New("not dialled")

// A reach is a client that sends nothing. It notes what it was about to connect
// to, which is what the guard has let through.
type reach struct {
	client *client
	policy policy
	about  []netip.AddrPort
}

// newReach returns one whose every name resolves to the addresses.
func newReach(t testing.TB, addrs []net.IP) *reach {
	t.Helper()
	opts := mustDefaults(t, Options{Resolve: func(context.Context, string) ([]net.IP, error) { return addrs, nil }})
	r := &reach{client: newClient(opts), policy: newPolicy(opts)}
	judge := r.client.dialer.net.ControlContext
	r.client.dialer.net.ControlContext = func(ctx context.Context, network, address string, raw syscall.RawConn) error {
		if err := judge(ctx, network, address, raw); err != nil {
			return err
		}
		r.about = append(r.about, netip.MustParseAddrPort(address))
		return errNotDialled
	}
	return r
}

// dial goes as far as it may, and returns the error.
func (r *reach) dial(t testing.TB, raw string) error {
	to, err := r.policy.judge(raw)
	if err != nil {
		return err
	}
	ctx, cancel := withHandshakeTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err = r.client.dial(ctx, to, nil, nil)
	return err
}

// addressesOf makes addresses of bytes: each is as long as the one before it
// says.
func addressesOf(bytes []byte) (addrs []net.IP) {
	for len(bytes) > 0 {
		size := []int{4, 16, 5, 0}[bytes[0]%4]
		bytes = bytes[1:]
		size = min(size, len(bytes))
		addrs = append(addrs, net.IP(bytes[:size]))
		bytes = bytes[size:]
	}
	return addrs
}

// FuzzReach looks for a URL, and for answers of its name's resolver, that lead
// to a reserved port of this machine.
func FuzzReach(f *testing.F) {
	elsewhere, here := []byte{0, 192, 0, 2, 1}, []byte{0, 127, 0, 0, 1}
	for _, host := range slices.Concat(ownSpellings, otherSpellings) {
		f.Add("ws://"+host+":4820/", elsewhere)
		f.Add("wss://"+host+":3200/", here)
	}
	for _, addr := range []string{"::1", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:0:127.0.0.1", "::127.0.0.1", "2001:db8::1"} {
		f.Add("ws://example.test:4820/", append([]byte{1}, net.ParseIP(addr)...))
		f.Add("ws://example.test:3200/", slices.Concat(elsewhere, []byte{1}, []byte(net.ParseIP(addr))))
	}
	for _, raw := range []string{"ws://localhost:04820/", "ws://[::1%25lo]:4820/", `ws://a\@localhost:4820/`, "ws://a@b@127.1:4820?c#d", "ws://localhost:８２０", "ws://::1:4820/", "ws:///x"} {
		f.Add(raw, here)
	}
	own := ownInterfaces(f)
	f.Fuzz(func(t *testing.T, raw string, answer []byte) {
		r := newReach(t, addressesOf(answer))
		err := r.dial(t, raw)
		codes := []string{CodeInvalidURL, CodeURLBlocked, CodeConnect, CodeDNS, CodeHandshake, CodeTimeout}
		if !slices.Contains(codes, rpc.Code(err)) {
			t.Fatalf("%q with % x: %v", raw, answer, err)
		}
		judged := rpc.Code(err) != CodeInvalidURL && rpc.Code(err) != CodeURLBlocked
		if judged && namesReservedPort(raw, own) {
			t.Fatalf("%q was let through, and names a reserved port: %v", raw, err)
		}
		for _, address := range r.about {
			if port := address.Port(); (port == 4820 || port == 3200) && leadsHere(address.Addr().AsSlice(), own) {
				t.Fatalf("%q with % x was about to connect to %s", raw, answer, address)
			}
		}
	})
}
