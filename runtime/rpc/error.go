package rpc

import "errors"

// An Error is a refusal that JavaScript can tell apart by err.code.
type Error struct {
	// Code is one of the codes below, or a namespace's own in the same style.
	Code string

	// Message is a sentence for the extension's author: what was asked, which
	// rule refused it, what to do.
	Message string
}

func (e *Error) Error() string { return e.Message }

// The codes of the platform. A namespace may add its own.
const (
	CodeInvalidData  = "ERR_INVALID_DATA"  // an argument of the wrong type or shape
	CodeNotAvailable = "ERR_NOT_AVAILABLE" // no service of this host offers the method
	CodeAborted      = "ERR_ABORTED"       // the extension cancelled the call, or is ending
	CodeInternal     = "ERR_INTERNAL"      // the host's own fault; the log has more
)

// Code returns the code of the first [*Error] in err's chain, or "".
func Code(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}
