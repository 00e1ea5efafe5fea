package hostnet

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Options configure a [Namespace]. The zero value is what the platform
// documents; each field says its default. A negative duration or size is
// refused by [New]. New takes a copy: changes made later have no effect.
type Options struct {
	// MaxConnections is how many sockets one extension may have, those that are
	// still being dialled included. Default 5.
	MaxConnections int

	// ReservedPorts are closed on every address of this machine. Default 4820
	// and 3200; an empty slice that is not nil reserves none.
	ReservedPorts []uint16

	// DialTimeout bounds name resolution, TCP and proxy. Default 10 s.
	DialTimeout time.Duration

	// TLSTimeout bounds the TLS handshake. Default 10 s.
	TLSTimeout time.Duration

	// ResponseTimeout bounds the wait for the header of a handshake's response. Default 15 s.
	ResponseTimeout time.Duration

	// HandshakeTimeout bounds all of it where the extension names no timeout of
	// its own. Default 30 s.
	HandshakeTimeout time.Duration

	// MaxMessage is the largest message that is accepted, in bytes. Default 32 MiB.
	MaxMessage int64

	// MaxIncomingEvents and MaxIncomingBytes bound what is between one socket
	// and its handlers; past them the socket isn't read. Default 1,024 and 8 MiB.
	MaxIncomingEvents int
	MaxIncomingBytes  int64

	// MaxOutgoingBytes bounds what waits to be sent on one connection; a send
	// past it is refused. A message counts 16 bytes at least, because empty ones
	// take memory too. Default 16 MiB.
	MaxOutgoingBytes int64

	// PingInterval is the silence after which the peer is pinged. Default 30 s;
	// NoPing turns it off.
	PingInterval time.Duration

	// PingTimeout is how long the peer may take to answer. Default 10 s.
	PingTimeout time.Duration

	// NoPing turns the keep-alive off.
	NoPing bool

	// CloseGrace is how long the peer may take to answer a close of the
	// extension, and before that, how long it may take nothing of what was sent
	// before the close. Twelve times as long is the limit for all of it, which
	// only a peer that reads slowly can reach. Default 5 s.
	CloseGrace time.Duration

	// StopGrace is the same when the extension is deactivated. Default 250 ms.
	StopGrace time.Duration

	// MaxFetches is how many requests one extension may have under way. Default 32.
	MaxFetches int

	// FetchTimeout bounds a request, with all redirects and the response's body,
	// where the extension names no timeout of its own. Default 5 min, which is
	// how long browsers wait.
	FetchTimeout time.Duration

	// MaxBody is the largest body of a request or a response, in bytes;
	// decompressed, where it was compressed. Default 64 MiB.
	MaxBody int64

	// MaxFetchBytes bounds what the bodies of all requests that one extension has
	// under way take together. Default 256 MiB.
	MaxFetchBytes int64

	// RootCAs are accepted besides the system's roots. Default none. There is
	// no way to turn verification off.
	RootCAs []*x509.Certificate

	// Proxy names the proxy for a request, as http.Transport.Proxy does.
	// The schemes http, https, socks5 and socks5h are known. Default none: the
	// environment is not obeyed. Names and addresses of this machine, and what
	// ConnectTo names, never go to the proxy. It may be called from any goroutine.
	Proxy func(*http.Request) (*url.URL, error)

	// Resolve looks up a name's addresses, which are tried in their order. It may
	// be called from any goroutine and must return soon after ctx is done.
	// Default: Go's own resolver, which reads the system's hosts file and DNS
	// settings and can be interrupted; on macOS and Windows the system's, which
	// also knows names such as those of a VPN.
	Resolve func(ctx context.Context, host string) ([]net.IP, error)

	// ConnectTo sends connections for one "host:port" to another, as curl's
	// option of that name does. The URL is judged, and TLS verified, by the
	// name that the extension gave; the address that is dialled is judged too.
	// Default none.
	ConnectTo map[string]string
}
