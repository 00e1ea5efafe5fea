package hostnet

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"unsafe"
)

// The system's calls that make an interface, which package syscall doesn't have.
const (
	tunSetIff = 0x400454ca
	iffTun    = 0x0001
	iffNoPI   = 0x1000
)

// A request is the system's struct ifreq: an interface's name, and what is to
// become of it.
type request struct {
	name [16]byte
	data [24]byte
}

// address6 is the system's struct in6_ifreq.
type address6 struct {
	addr  [16]byte
	bits  uint32
	index int32
}

func newRequest(name string) *request {
	r := new(request)
	copy(r.name[:], name)
	return r
}

func (r *request) flags(flags uint16) *request {
	*(*uint16)(unsafe.Pointer(&r.data)) = flags
	return r
}

// ip makes the data a struct sockaddr_in.
func (r *request) ip(addr [4]byte) *request {
	r.flags(syscall.AF_INET)
	copy(r.data[4:], addr[:])
	return r
}

func control(fd int, call uintptr, argument unsafe.Pointer) error {
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), call, uintptr(argument)); errno != 0 {
		return errno
	}
	return nil
}

// configure makes calls about interfaces in the thread's namespace.
func configure(family int, call uintptr, argument unsafe.Pointer) error {
	fd, err := syscall.Socket(family, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	return control(fd, call, argument)
}

// raise makes an interface work.
func raise(name string) error {
	return configure(syscall.AF_INET, syscall.SIOCSIFFLAGS, unsafe.Pointer(newRequest(name).flags(syscall.IFF_UP|syscall.IFF_RUNNING)))
}

// addAddress gives an interface an address.
func addAddress(name string, prefix netip.Prefix) error {
	if prefix.Addr().Is4() {
		mask := [4]byte(net.CIDRMask(prefix.Bits(), 32))
		return errors.Join(
			configure(syscall.AF_INET, syscall.SIOCSIFADDR, unsafe.Pointer(newRequest(name).ip(prefix.Addr().As4()))),
			configure(syscall.AF_INET, syscall.SIOCSIFNETMASK, unsafe.Pointer(newRequest(name).ip(mask))))
	}
	own, err := net.InterfaceByName(name)
	if err != nil {
		return err
	}
	r := address6{prefix.Addr().As16(), uint32(prefix.Bits()), int32(own.Index)}
	return configure(syscall.AF_INET6, syscall.SIOCSIFADDR, unsafe.Pointer(&r))
}

// newTun makes an interface whose network is the file: what the system sends
// into it is read, and what it is to receive is written. Unread, it is a black
// hole.
func newTun(name, prefix string) (*os.File, error) {
	fd, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("/dev/net/tun: %w", err)
	}
	if err := control(fd, tunSetIff, unsafe.Pointer(newRequest(name).flags(iffTun|iffNoPI))); err != nil {
		syscall.Close(fd)
		return nil, fmt.Errorf("make an interface: %w", err)
	}
	file := os.NewFile(uintptr(fd), name)
	if err := errors.Join(addAddress(name, netip.MustParsePrefix(prefix)), raise(name)); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// tun is newTun for the length of a test.
func tun(t *testing.T, name, prefix string) *os.File {
	t.Helper()
	file, err := newTun(name, prefix)
	if err != nil {
		skipIsolated(t, fmt.Sprintf("there is no interface to test with: %v", err))
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// A link joins two network namespaces. It is between them, so it can lose what
// they send, and nobody is told.
type link struct {
	listener net.Listener // in the far namespace
	cut      atomic.Bool
}

// A far end is what a link has in the other namespace.
type farEnd struct {
	tun      *os.File
	listener net.Listener
}

// newLink makes a second namespace, in which something listens.
func newLink(t *testing.T) *link {
	t.Helper()
	near := tun(t, "near", "10.77.0.1/24")
	far, err := inFar(makeFarEnd)
	if err != nil {
		skipIsolated(t, fmt.Sprintf("there is no second network: %v", err))
	}
	l := &link{listener: far.listener}
	var carrying sync.WaitGroup
	carrying.Go(func() { l.carry(near, far.tun) })
	carrying.Go(func() { l.carry(far.tun, near) })
	t.Cleanup(func() {
		near.Close()
		far.tun.Close()
		carrying.Wait()
	})
	return l
}

func makeFarEnd() (end farEnd, err error) {
	if end.tun, err = newTun("far", "10.77.0.2/24"); err != nil {
		return end, err
	}
	end.listener, err = net.Listen("tcp", "10.77.0.2:0")
	return end, err
}

// carry takes packets from one end to the other until an end is closed.
func (l *link) carry(from, to *os.File) {
	for packet := make([]byte, 64<<10); ; {
		n, err := from.Read(packet)
		if err != nil {
			return
		}
		if !l.cut.Load() {
			to.Write(packet[:n])
		}
	}
}
