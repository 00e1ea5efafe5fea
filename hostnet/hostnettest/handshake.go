package hostnettest

import (
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
)

// acceptGUID is the constant of RFC 6455 §1.3.
const acceptGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

var errUnmasked = errors.New("the client sent an unmasked frame")

// AcceptKey is the Sec-WebSocket-Accept that answers a client's key.
func AcceptKey(key string) string {
	sum := sha1.Sum([]byte(key + acceptGUID))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// handshake reads the client's request and accepts it.
func (p *Peer) handshake() (err error) {
	if p.Request, err = http.ReadRequest(p.from); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		AcceptKey(p.Request.Header.Get("Sec-WebSocket-Key")))
	return err
}
