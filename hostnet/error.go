package hostnet

import (
	"fmt"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// The codes of this namespace's errors, as JavaScript reads them from err.code.
const (
	CodeInvalidURL    = "ERR_INVALID_URL"    // the URL can't be read, or is of another scheme
	CodeURLBlocked    = "ERR_URL_BLOCKED"    // the URL, or what its name resolves to, may not be reached
	CodeInvalidHeader = "ERR_INVALID_HEADER" // a header or subprotocol that can't be sent
	CodeLimit         = "ERR_LIMIT"          // the extension has as many sockets or requests as it may have
	CodeTimeout       = "ERR_TIMEOUT"        // a time limit passed before the socket was open, or the response complete
	CodeHandshake     = "ERR_HANDSHAKE"      // the server refused, or doesn't speak WebSocket
	CodeDNS           = "ERR_DNS"            // the name can't be resolved
	CodeTLS           = "ERR_TLS"            // no trusted, encrypted connection came about
	CodeConnect       = "ERR_CONNECT"        // no connection came about, or it broke
	CodeAborted       = rpc.CodeAborted      // the extension gave up, or is ending
	CodeNotOwner      = "ERR_NOT_OWNER"      // the connection is not the caller's
	CodeClosed        = "ERR_CLOSED"         // the connection is not open
	CodeBufferFull    = "ERR_BUFFER_FULL"    // too much waits to be sent
	CodeRedirect      = "ERR_REDIRECT"       // a redirect that is not followed
	CodeResponse      = "ERR_RESPONSE"       // the server's answer can't be read
	CodeTooLarge      = "ERR_TOO_LARGE"      // a body above the maximum
	CodeInvalidData   = rpc.CodeInvalidData  // an argument of the wrong type or shape
)

// refuse makes the error that an extension sees. The text must not hold a
// URL's query or user info, or a header's value.
func refuse(code, format string, args ...any) *rpc.Error {
	return &rpc.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
