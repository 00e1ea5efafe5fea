package hostnet

import (
	"net"
	"net/netip"
	"strings"
)

// maxShownPath bounds how much of a path a message repeats, in bytes.
const maxShownPath = 200

// A target is a URL that was read and judged: what a connection is made to.
type target struct {
	// url is the canonical form, which is what is dialled and what the extension
	// reads as ws.url: no user info, no default port, no fragment.
	url string

	// display is the URL as messages and logs show it: scheme, host, port and
	// path, but no query.
	display string

	// host is a name in lower-case ASCII without a trailing dot, or an address
	// without brackets.
	host string

	// addr is the address that host is, or the zero Addr for a name.
	addr netip.Addr

	port   uint16
	secure bool // wss, https

	// authorization is the Authorization header that the URL's user info stands
	// for, or empty.
	authorization string
}

// hostPort is the target in the form that dialling takes.
func (t target) hostPort() string { return joinHostPort(t.host, t.port) }

// origin is what may share a connection and its secrets.
func (t target) origin() string {
	if t.secure {
		return "https://" + t.hostPort()
	}
	return "http://" + t.hostPort()
}

// shownPath shortens a path for messages.
func shownPath(path string) string {
	if len(path) <= maxShownPath {
		return path
	}
	return strings.ToValidUTF8(path[:maxShownPath], "") + "…"
}

// bracketed is host as URLs write it.
func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// joinHostPort is net.JoinHostPort for a numeric port.
func joinHostPort(host string, port uint16) string {
	return net.JoinHostPort(host, decimal(port))
}
