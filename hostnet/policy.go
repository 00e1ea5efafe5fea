package hostnet

import (
	"fmt"
	"net/netip"
	"slices"
)

// A policy judges what extensions may connect to. It is a value that never
// changes, so any goroutine may use it.
type policy struct {
	reservedPorts []uint16
}

// newPolicy makes the policy of options that are complete.
func newPolicy(opts Options) policy { return policy{reservedPorts: opts.ReservedPorts} }

// judge reads a URL and decides by its text whether it may be dialled, without
// any network traffic. The guard judges again what its name resolves to. The
// error has the code [CodeInvalidURL] or [CodeURLBlocked].
func (p policy) judge(raw string) (target, error) {
	t, err := parseURL(raw)
	if err != nil {
		return target{}, err
	}
	return t, p.judgeTarget(t)
}

// judgeRequest does the same for a URL of HTTP.
func (p policy) judgeRequest(raw string) (target, error) {
	t, err := parseRequestURL(raw)
	if err != nil {
		return target{}, err
	}
	return t, p.judgeTarget(t)
}

// judgeTarget decides by the text of a target.
func (p policy) judgeTarget(t target) error {
	if p.reserved(t.port) && t.isThisMachine() {
		return refuse(CodeURLBlocked, "%s: blocked: port %d of this machine (%s) is reserved for the host's own services; other local ports are open",
			t.display, t.port, bracketed(t.host))
	}
	return nil
}

// judgeAddress decides about an address that a connection is about to be made
// to, or was made to.
func (p policy) judgeAddress(address netip.AddrPort) error {
	if p.reserved(address.Port()) && isThisMachine(address.Addr()) {
		return blockedAddress{address: address}
	}
	return nil
}

// reserved reports whether the port is closed on this machine.
func (p policy) reserved(port uint16) bool {
	return slices.Contains(p.reservedPorts, port)
}

// isThisMachine reports whether the target's text names this machine.
func (t target) isThisMachine() bool {
	if t.addr.IsValid() {
		return isThisMachine(t.addr)
	}
	return namesThisMachine(t.host)
}

// A blockedAddress is the refusal of an address at the socket.
type blockedAddress struct {
	address netip.AddrPort
	proxy   bool // the address is the proxy's
}

func (b blockedAddress) Error() string {
	return fmt.Sprintf("%s is a reserved port of this machine", b.address)
}
