package hostnet

import (
	"net"
	"net/netip"
	"os"
	"strings"
)

// ownNames are the names that hosts files give the loopback addresses.
var ownNames = map[string]bool{
	"localhost":               true,
	"localhost.localdomain":   true,
	"localhost4":              true,
	"localhost4.localdomain4": true,
	"localhost6":              true,
	"localhost6.localdomain6": true,
	"ip6-localhost":           true,
	"ip6-loopback":            true,
}

// The addresses that no machine has: those that are kept for later, RFC 1112
// section 4, and those that discard, RFC 6666.
var nobodys4, nobodys6 = netip.MustParseAddr("240.0.0.1"), netip.MustParseAddr("100::1")

// isThisMachine reports whether a connection to addr stays on this machine:
// loopback and unspecified addresses, those of its interfaces, whatever else the
// system delivers to itself, and what stands for one of them. It asks the system
// each time, so it takes some microseconds, and what changes in between is
// noticed.
func isThisMachine(addr netip.Addr) bool {
	interfaces := interfaceAddrs()
	addr = addr.WithZone("")
	for _, a := range append(embedded(addr), addr) {
		if isOwn(a, interfaces) {
			return true
		}
	}
	return false
}

func isOwn(addr netip.Addr, interfaces []netip.Addr) bool {
	for _, prefix := range ownPrefixes {
		if prefix.Contains(addr) {
			return true
		}
	}
	for _, own := range interfaces {
		if own == addr {
			return true
		}
	}
	return isDelivered(addr)
}

// isDelivered reports whether the system takes addr for its own although no
// interface has it: Linux delivers every address of a loopback interface's
// prefix, and of a route of the type local, to itself. Only such an address can
// be bound, unless the system is set up to let any be. Nothing is sent.
func isDelivered(addr netip.Addr) bool {
	nobodys := nobodys6
	if addr.Is4() {
		nobodys = nobodys4
	}
	return !addr.IsMulticast() && canBind(addr) && !canBind(nobodys)
}

func canBind(addr netip.Addr) bool {
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(addr, 0)))
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// interfaceAddrs lists the addresses of this machine's interfaces. Where the
// system doesn't tell, the list is empty, and what the guard sees once
// connected has to do.
func interfaceAddrs() []netip.Addr {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var addrs []netip.Addr
	for _, entry := range list {
		if network, ok := entry.(*net.IPNet); ok {
			if addr, ok := netip.AddrFromSlice(network.IP); ok {
				addrs = append(addrs, addr.Unmap())
			}
		}
	}
	return addrs
}

// namesThisMachine reports whether a name in canonical form stands for this
// machine by its text alone.
func namesThisMachine(name string) bool {
	if ownNames[name] || strings.HasSuffix(name, ".localhost") {
		return true
	}
	own, err := os.Hostname()
	own = strings.ToLower(strings.TrimSuffix(own, "."))
	return err == nil && own != "" && (name == own || name == own+".local")
}
