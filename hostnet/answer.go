package hostnet

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"slices"

	"golang.org/x/net/http/httpguts"
)

// acceptGUID is what RFC 6455 section 1.3 appends to the key.
const acceptGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

// ask sends the request and reads the answer, past those that are only
// preliminary.
func ask(to io.Writer, reader *bufio.Reader, request *http.Request) (*http.Response, error) {
	writer := bufio.NewWriterSize(to, handshakeBuffer) // or the request would make a larger one
	if err := request.Write(writer); err != nil {
		return nil, err
	}
	if err := writer.Flush(); err != nil {
		return nil, err
	}
	for {
		answer, err := http.ReadResponse(reader, request)
		if err != nil || answer.StatusCode >= 200 || answer.StatusCode == http.StatusSwitchingProtocols {
			return answer, err
		}
	}
}

// judgeAnswer holds the answer to RFC 6455 section 4.1. The library does so
// too, but not as strictly, and reads from the server before it refuses.
func (h *handshake) judgeAnswer(request *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusSwitchingProtocols {
		return statusError(answer.StatusCode)
	}
	header := answer.Header
	accept := sha1.Sum([]byte(request.Header.Get("Sec-WebSocket-Key") + acceptGUID))
	switch {
	case !answer.ProtoAtLeast(1, 1),
		!httpguts.HeaderValuesContainsToken(header["Connection"], "upgrade"),
		!httpguts.HeaderValuesContainsToken(header["Upgrade"], "websocket"),
		!slices.Equal(header["Sec-Websocket-Accept"], []string{base64.StdEncoding.EncodeToString(accept[:])}):
		return errNotWebSocket
	case len(header["Sec-Websocket-Extensions"]) > 0:
		return errExtension
	}
	return h.judgeProtocol(header[protocolHeader])
}

// judgeProtocol holds the server to one of the subprotocols that it was offered.
func (h *handshake) judgeProtocol(chosen []string) error {
	switch {
	case len(chosen) == 0:
		return nil
	case len(chosen) == 1 && slices.Contains(h.protocols, chosen[0]):
		return nil
	}
	return errProtocol
}

// A statusError is an answer other than 101.
type statusError int

func (s statusError) Error() string {
	if s >= 300 && s < 400 {
		return fmt.Sprintf("the server answered the handshake with %s, and redirects are not followed", statusText(int(s)))
	}
	return fmt.Sprintf("the server answered the handshake with %s", statusText(int(s)))
}

// statusText is the status as HTTP names it, not as the server does.
func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprintf("status %d", status)
}
