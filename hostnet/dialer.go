package hostnet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"time"
)

// minAttempt is what one of several addresses gets of the time, unless less is
// left in all.
const minAttempt = 2 * time.Second

// A dialer makes TCP connections that the guard has judged. Any goroutine may
// use it.
type dialer struct {
	net     net.Dialer
	guard   guard
	resolve func(context.Context, string) ([]net.IP, error)
}

func newDialer(opts Options) *dialer {
	g := guard{newPolicy(opts)}
	// A lookup of the C library's can't be given up: its thread would outlive
	// the extension. Only macOS and Windows know names that Go's doesn't, such
	// as those of a VPN.
	resolver := &net.Resolver{PreferGo: runtime.GOOS != "darwin" && runtime.GOOS != "windows", Dial: dialDNS}
	return &dialer{
		net:     net.Dialer{ControlContext: g.control, Resolver: resolver},
		guard:   g,
		resolve: opts.Resolve,
	}
}

// dial connects to "host:port" and gives up when ctx, which has a deadline, is
// done. No byte was sent on what it returns.
func (d *dialer) dial(ctx context.Context, hostPort string) (net.Conn, error) {
	conn, err := d.connect(ctx, hostPort)
	if err != nil {
		return nil, err
	}
	if err := d.guard.judgeConn(conn); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

func (d *dialer) connect(ctx context.Context, hostPort string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, err
	}
	if _, err := netip.ParseAddr(host); err == nil || d.resolve == nil {
		return d.net.DialContext(ctx, "tcp", hostPort)
	}
	addrs, err := d.resolve(ctx, host)
	if err != nil {
		return nil, lookupError{err}
	}
	return d.connectAny(ctx, addrs, port)
}

// connectAny tries the addresses one after the other. If none will do, it
// reports a blocked one before anything else.
func (d *dialer) connectAny(ctx context.Context, addrs []net.IP, port string) (net.Conn, error) {
	deadline, _ := ctx.Deadline()
	var blocked, first error
	for i, addr := range addrs {
		attempt, cancel := context.WithTimeout(ctx, share(time.Until(deadline), len(addrs)-i))
		conn, err := d.connectAddr(attempt, addr, port)
		cancel()
		if err == nil {
			return conn, nil
		}
		if _, ok := errors.AsType[blockedAddress](err); ok {
			blocked = cmp.Or(blocked, err)
		}
		first = cmp.Or(first, err)
	}
	return nil, cmp.Or(blocked, first, error(lookupError{errNoAddress}))
}

func (d *dialer) connectAddr(ctx context.Context, ip net.IP, port string) (net.Conn, error) {
	addr, ok := netip.AddrFromSlice(ip)
	if !ok {
		return nil, lookupError{errNoAddress}
	}
	return d.net.DialContext(ctx, "tcp", net.JoinHostPort(addr.Unmap().String(), port))
}

// share is how much of the time that is left the next of n addresses gets.
func share(left time.Duration, n int) time.Duration {
	return max(left/time.Duration(n), min(left, minAttempt))
}

// dialDNS connects Go's resolver to a DNS server, such that giving up ends a
// query at once and not when its own time is over. That time the resolver keeps
// by itself; closing the connection under it would hide that it has passed.
func dialDNS(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err == nil {
		context.AfterFunc(ctx, func() {
			if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				conn.Close()
			}
		})
	}
	return conn, err
}

var errNoAddress = errors.New("the name has no address")

// A lookupError is the failure of a resolver of the embedder's.
type lookupError struct{ err error }

func (l lookupError) Error() string { return fmt.Sprintf("lookup: %v", l.err) }
func (l lookupError) Unwrap() error { return l.err }
