package hostnet

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A responseError is what is wrong with a server's answer.
type responseError string

func (r responseError) Error() string { return string(r) }

// What a server can do wrong.
var (
	errNoResponse  = responseError("the server closed the connection without answering")
	errNotResponse = responseError("the server's answer is not HTTP")
	errLargeHeader = responseError(fmt.Sprintf("the header of the server's answer is larger than %d bytes", maxResponseHeader))
	errUnasked     = responseError("the server switched to another protocol without having been asked to")
	errCutShort    = responseError("the connection ended before the response was complete")
	errFraming     = responseError("the response is not framed as HTTP demands")
	errLargeBody   = responseError("the response is too large")
)

// errRequestStopped answers calls that the end of their extension overtakes.
var errRequestStopped = &rpc.Error{Code: rpc.CodeAborted, Message: "the request was given up"}

// tooLarge is the error of a body above the maximum, whether or not it is
// compressed.
func (n *Namespace) tooLarge() error {
	return refuse(CodeTooLarge, "the response has more than %d bytes, which is the most that is accepted", n.opts.MaxBody)
}

// requestError is the error that the extension sees, made of our own sentences.
func (t target) requestError(err error) *rpc.Error {
	code, text := explainRequest(err)
	return refuse(code, "%s: %s", t.display, text)
}

func explainRequest(err error) (code, text string) {
	if wrong, ok := errors.AsType[responseError](err); ok {
		return CodeResponse, string(wrong)
	}
	if errors.Is(err, context.Canceled) {
		return CodeAborted, errRequestStopped.Message
	}
	if isBrokenOtherwise(err) {
		return CodeConnect, "the connection broke before the response was complete"
	}
	code, text = explain(err)
	return code, strings.ReplaceAll(text, "ws://", "http://") // The advice to do without TLS.
}

// isBrokenOtherwise reports whether a connection broke, and the system doesn't
// say how.
func isBrokenOtherwise(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	if !ok || op.Op == "dial" || op.Op == "remote error" || op.Timeout() {
		return false
	}
	_, told := errors.AsType[syscall.Errno](err)
	_, proxy := errors.AsType[proxyError](err)
	_, tls := errors.AsType[tlsError](err)
	return !told && !proxy && !tls
}

func (r *fetchRequest) redirectError(text string) error {
	return refuse(CodeRedirect, "%s: %s", r.to.display, text)
}

// redirectRefused is for a redirect to a URL that was judged.
func (r *fetchRequest) redirectRefused(err error) error {
	if rpc.Code(err) == CodeURLBlocked {
		return refuse(CodeURLBlocked, "%s: the server's redirect leads to %v", r.to.display, err)
	}
	return r.redirectError(fmt.Sprintf("the server's redirect can't be followed: %v", err))
}
