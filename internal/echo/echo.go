// Package echo is a server that sends back what it gets, over WebSockets and in
// the bodies of requests.
package echo

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/coder/websocket"
)

// maxMessage is the largest message that is echoed, in bytes.
const maxMessage = 32 << 20

// Handler accepts WebSockets of any origin, takes the first subprotocol that is
// offered, sends every message back as the text or the bytes that it was, and
// answers a close with the same code. A connection lasts until its peer ends it
// or the request's context is done: a server that wants to end its connections
// cancels its BaseContext. Nothing is left when the handler has returned. Any
// other request is answered with its body.
func Handler() http.Handler { return http.HandlerFunc(serve) }

func serve(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") == "" {
		returnBody(w, r)
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // about origins: an echo has nothing to protect
		Subprotocols:       offered(r),
	})
	if err != nil {
		return // Accept has answered the request.
	}
	defer ws.CloseNow()
	cut := make(chan struct{})
	stop := context.AfterFunc(r.Context(), func() {
		defer close(cut)
		ws.CloseNow()
	})
	ws.SetReadLimit(maxMessage)
	echo(ws)
	if !stop() {
		<-cut
	}
}

func returnBody(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMessage))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	if kind := r.Header.Get("Content-Type"); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.Write(body)
}

// echo serves a connection until it ends.
func echo(ws *websocket.Conn) {
	var message bytes.Buffer
	for {
		kind, from, err := ws.Reader(context.Background())
		if err != nil {
			return
		}
		message.Reset()
		if _, err := message.ReadFrom(from); err != nil {
			return
		}
		if err := ws.Write(context.Background(), kind, message.Bytes()); err != nil {
			return
		}
	}
}

// offered is the first subprotocol that the client offers, if any.
func offered(r *http.Request) []string {
	first, _, _ := strings.Cut(strings.Join(r.Header.Values("Sec-WebSocket-Protocol"), ","), ",")
	if first = strings.TrimSpace(first); first == "" {
		return nil
	}
	return []string{first}
}
