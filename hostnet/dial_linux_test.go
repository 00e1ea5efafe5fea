package hostnet

import (
	"net"
	"net/netip"
	"syscall"
	"testing"
)

// blackHole returns the "host:port" of a listener whose queue is full: the
// system answers no further SYN.
func blackHole(t *testing.T) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	own := name.(*syscall.SockaddrInet4)
	address := netip.AddrPortFrom(netip.AddrFrom4(own.Addr), uint16(own.Port)).String()
	for range 100 {
		conn, err := net.DialTimeout("tcp", address, tiny)
		if err != nil {
			return address
		}
		t.Cleanup(func() { conn.Close() })
	}
	t.Skip("this system's queue can't be filled")
	return ""
}

func TestBlackHole(t *testing.T) {
	hole := blackHole(t)
	_, err := dialURL(t, Options{DialTimeout: tiny}, secretURL("ws", hole), patient)
	checkDial(t, err, CodeTimeout, "no connection within 60 ms")
	_, err = dialURL(t, Options{}, secretURL("ws", hole), tiny)
	checkDial(t, err, CodeTimeout, "not open within 60 ms")
}
