//go:build unix

package hostnet

import (
	"net"
	"syscall"
)

// An attempt writes to a TCP connection without waiting until the system takes
// more. A nil *attempt never succeeds. One goroutine uses it at a time.
type attempt struct {
	conn syscall.RawConn
	once func(fd uintptr) (done bool)
	p    []byte
	n    int
	err  error
}

// newAttempt returns nil for a connection that is closed.
func newAttempt(conn *net.TCPConn) *attempt {
	raw, err := conn.SyscallConn()
	if err != nil {
		return nil
	}
	a := &attempt{conn: raw}
	a.once = func(fd uintptr) bool {
		a.n, a.err = syscall.Write(int(fd), a.p)
		return true
	}
	return a
}

// write writes as much of p as the system takes at once, which may be nothing.
func (a *attempt) write(p []byte) (n int, err error) {
	if a == nil {
		return 0, nil
	}
	a.p = p
	err = a.conn.Write(a.once)
	a.p = nil
	switch {
	case err != nil:
		return 0, err
	case a.err == syscall.EAGAIN, a.err == syscall.EINTR:
		return 0, nil
	}
	return max(a.n, 0), a.err
}
