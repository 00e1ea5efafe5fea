package hostnet

import "net/netip"

// ownPrefixes are the addresses that always lead to this machine.
var ownPrefixes = []netip.Prefix{
	netip.MustParsePrefix("127.0.0.0/8"), // loopback, RFC 1122 section 3.2.1.3
	netip.MustParsePrefix("0.0.0.0/8"),   // "this host on this network", same section; Linux connects 0.0.0.0 to itself
	netip.MustParsePrefix("::1/128"),     // loopback, RFC 4291 section 2.5.3
	netip.MustParsePrefix("::/128"),      // unspecified, RFC 4291 section 2.5.2
}

// An embedding is a range of IPv6 addresses that stand for IPv4 addresses.
type embedding struct {
	prefix netip.Prefix
	at     [4]int // where the four bytes are
}

// embeddings are the ranges whose packets may end up at the IPv4 address inside.
var embeddings = []embedding{
	{netip.MustParsePrefix("::ffff:0:0/96"), last4},   // IPv4-mapped, RFC 4291 section 2.5.5.2
	{netip.MustParsePrefix("::/96"), last4},           // IPv4-compatible, RFC 4291 section 2.5.5.1
	{netip.MustParsePrefix("::ffff:0:0:0/96"), last4}, // IPv4-translated, RFC 2765 section 2.1
	{netip.MustParsePrefix("64:ff9b::/96"), last4},    // NAT64, RFC 6052 section 2.1
	// Local NAT64, RFC 8215. The forms of RFC 6052 section 2.2 that put the
	// address further to the front end in zeros, which are 0.0.0.0 here.
	{netip.MustParsePrefix("64:ff9b:1::/48"), last4},
	{netip.MustParsePrefix("2002::/16"), [4]int{2, 3, 4, 5}}, // 6to4, RFC 3056 section 2
}

var last4 = [4]int{12, 13, 14, 15}

// embedded lists the IPv4 addresses that an IPv6 address may stand for.
func embedded(addr netip.Addr) []netip.Addr {
	var found []netip.Addr
	if !addr.Is6() {
		return nil
	}
	bytes := addr.As16()
	for _, e := range embeddings {
		// Contains never matches a mapped address, so the bytes are compared.
		if prefix16(bytes, e.prefix) {
			found = append(found, netip.AddrFrom4([4]byte{bytes[e.at[0]], bytes[e.at[1]], bytes[e.at[2]], bytes[e.at[3]]}))
		}
	}
	return found
}

// prefix16 reports whether the address begins with the prefix, whose length is
// a multiple of eight bits.
func prefix16(addr [16]byte, prefix netip.Prefix) bool {
	want := prefix.Addr().As16()
	n := prefix.Bits() / 8
	return string(addr[:n]) == string(want[:n])
}
