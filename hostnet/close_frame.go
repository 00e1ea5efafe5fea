package hostnet

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// The close codes of RFC 6455 §7.4 that this package uses by itself.
const (
	closeNormal      = 1000
	closeGoingAway   = 1001
	closeProtocol    = 1002
	closeNoCode      = 1005 // never on the wire: the Close frame was empty
	closeLost        = 1006 // never on the wire: there was no Close frame
	closeInvalidText = 1007
	closeTooBig      = 1009
)

// maxCloseReason is what fits beside the code into a Close frame, in bytes.
const maxCloseReason = maxControlPayload - 2

// A peerClose is the server's Close frame: the clean end of a connection.
type peerClose struct {
	code   int
	reason string
}

func (p peerClose) Error() string { return fmt.Sprintf("closed by the server with code %d", p.code) }

// echo is the payload that answers the frame: its own code.
func (p peerClose) echo() []byte { return closePayload(p.code, "") }

// A protocolError is a rule that the server broke. The connection is closed
// with its code.
type protocolError struct {
	code    int
	message string
}

func (e *protocolError) Error() string { return e.message }

// broken is a breach of RFC 6455 itself.
func broken(what string) error {
	return &protocolError{closeProtocol, "the server broke the WebSocket protocol: " + what}
}

// tooBig is a message of which before bytes were accepted and another length
// bytes announced.
func tooBig(before, length int64, final bool, limit int64) error {
	size := fmt.Sprintf("%d", uint64(before)+uint64(length))
	if !final {
		size = "at least " + size
	}
	return &protocolError{closeTooBig, fmt.Sprintf("a message of %s bytes is above the limit of %d bytes", size, limit)}
}

// parseClose returns the server's Close frame as a [peerClose], or what is
// wrong with it.
func parseClose(payload []byte) error {
	switch len(payload) {
	case 0:
		return peerClose{code: closeNoCode}
	case 1:
		return broken("a Close frame has half a code")
	}
	code, reason := int(binary.BigEndian.Uint16(payload)), string(payload[2:])
	if !legalFromServer(code) {
		return broken(fmt.Sprintf("a Close frame has the illegal code %d", code))
	}
	if !utf8.ValidString(reason) {
		return &protocolError{closeInvalidText, "the server's close reason is not valid UTF-8"}
	}
	return peerClose{code, reason}
}

// legalFromServer knows the codes of RFC 6455 §7.4.1 and what was registered
// with IANA later, up to 1014.
func legalFromServer(code int) bool {
	switch {
	case code == 1004, code == closeNoCode, code == closeLost:
		return false
	case code >= closeNormal && code <= 1014:
		return true
	}
	return code >= 3000 && code <= 4999
}

// judgeClose says whether an extension may close with code and reason.
func judgeClose(code float64, reason string) error {
	legal := code == closeNormal || code >= 3000 && code <= 4999 && code == float64(int(code))
	switch {
	case !legal:
		return refuse(CodeInvalidData, "close code %v is not allowed: use 1000 or 3000 to 4999", code)
	case !utf8.ValidString(reason):
		return refuse(CodeInvalidData, "close reason is not valid UTF-8")
	case len(reason) > maxCloseReason:
		return refuse(CodeInvalidData, "close reason is %d bytes long: at most %d fit into a Close frame", len(reason), maxCloseReason)
	}
	return nil
}

// closePayload is what a Close frame holds: nothing for closeNoCode.
func closePayload(code int, reason string) []byte {
	if code == closeNoCode {
		return nil
	}
	return append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...)
}
