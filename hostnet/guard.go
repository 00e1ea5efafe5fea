package hostnet

import (
	"context"
	"net"
	"net/netip"
	"syscall"
)

// A guard judges the addresses that sockets are about to be connected to. That
// is the one place where neither a DNS answer that changes, nor a name's second
// address, nor a proxy or a redirection of the host gets past.
type guard struct{ policy policy }

// control is a net.Dialer's ControlContext: it runs after resolution and before
// the connection is made, once for every address that is tried.
func (g guard) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	addr, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	return g.policy.judgeAddress(addr)
}

// judgeConn judges a connection before anything is written to it. One whose two
// ends have the same address is to this machine, whatever the list of its
// interfaces says.
func (g guard) judgeConn(conn net.Conn) error {
	local, remote := addrPort(conn.LocalAddr()), addrPort(conn.RemoteAddr())
	if !g.policy.reserved(remote.Port()) {
		return nil
	}
	if local.Addr() == remote.Addr() {
		return blockedAddress{address: remote}
	}
	return g.policy.judgeAddress(remote)
}

// addrPort is the address of one end of a TCP connection.
func addrPort(addr net.Addr) netip.AddrPort {
	if tcp, ok := addr.(*net.TCPAddr); ok {
		ap := tcp.AddrPort()
		return netip.AddrPortFrom(ap.Addr().Unmap().WithZone(""), ap.Port())
	}
	return netip.AddrPort{}
}
