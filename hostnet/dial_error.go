package hostnet

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// What a server can do wrong in the handshake, besides its status.
var (
	errNoAnswer     = errors.New("the server closed the connection without answering the handshake")
	errNotHTTP      = errors.New("this is not a WebSocket server: its answer to the handshake is not HTTP")
	errLargeAnswer  = fmt.Errorf("this is not a WebSocket server: the header of its answer is larger than %d bytes", maxResponseHeader)
	errNotWebSocket = errors.New("this is not a WebSocket server: its answer to the handshake lacks a right Upgrade, Connection or Sec-WebSocket-Accept header")
	errExtension    = errors.New("the server insists on a WebSocket extension that was not offered to it")
	errProtocol     = errors.New("the server chose a subprotocol that was not offered to it")
)

// dialError is the error that the extension sees. It is made of our own
// sentences: those of the libraries may hold the URL with its query.
func (t target) dialError(err error) *rpc.Error {
	code, text := explain(err)
	return refuse(code, "%s: %s", t.display, text)
}

// explain finds the code and the sentence for what went wrong.
func explain(err error) (code, text string) {
	if limit, ok := errors.AsType[timeLimit](err); ok {
		return CodeTimeout, limit.Error()
	}
	if ended, ok := errors.AsType[*rpc.Error](err); ok {
		return ended.Code, ended.Message
	}
	if blocked, ok := errors.AsType[blockedAddress](err); ok {
		return CodeURLBlocked, blocked.text()
	}
	if proxy, ok := errors.AsType[proxyError](err); ok {
		return CodeConnect, "the proxy did not open the connection: " + proxyText(proxy.err)
	}
	if failed, ok := errors.AsType[tlsError](err); ok {
		return failed.explain()
	}
	return explainNetwork(err)
}

// text is the refusal as the extension sees it.
func (b blockedAddress) text() string {
	what := "the name resolves to"
	if b.proxy {
		what = "the proxy is on"
	}
	return fmt.Sprintf("blocked: %s this machine (%s), whose port %d is reserved for the host's own services", what, b.address.Addr(), b.address.Port())
}

// explainNetwork is for the failures of names, connections and answers.
func explainNetwork(err error) (code, text string) {
	if failed, ok := errors.AsType[*net.DNSError](err); ok {
		return CodeDNS, lookupText(failed)
	}
	if failed, ok := errors.AsType[lookupError](err); ok {
		return CodeDNS, "the host name can't be resolved: " + failed.err.Error()
	}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return CodeConnect, errnoText(errno)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return CodeAborted, "given up before the WebSocket was open"
	case errors.Is(err, context.DeadlineExceeded):
		return CodeTimeout, "the WebSocket was not open in time"
	}
	if failed, ok := errors.AsType[*net.OpError](err); ok {
		if failed.Timeout() {
			return CodeTimeout, "the server's address did not answer in time"
		}
		return CodeConnect, "the connection broke before the WebSocket was open"
	}
	return CodeHandshake, err.Error()
}

func lookupText(err *net.DNSError) string {
	switch {
	case err.IsNotFound:
		return "no such host; check the name"
	case err.IsTimeout:
		return "the DNS server did not answer in time"
	}
	// Before the last colon there may be addresses of this machine and its network.
	cause := err.Err[strings.LastIndexByte(err.Err, ':')+1:]
	return "the host name can't be resolved: " + strings.TrimSpace(cause)
}

func errnoText(errno syscall.Errno) string {
	if errno == syscall.ECONNREFUSED {
		return "connection refused; is the server running?"
	}
	return errno.Error()
}

// proxyText shortens what went wrong with a proxy, without addresses.
func proxyText(err error) string {
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return errno.Error()
	}
	if failed, ok := errors.AsType[*net.OpError](err); ok {
		return failed.Err.Error()
	}
	return err.Error()
}

// milliseconds shows a time limit in the unit that extensions give it in.
func milliseconds(d time.Duration) string {
	if d%time.Millisecond == 0 {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return d.String()
}
