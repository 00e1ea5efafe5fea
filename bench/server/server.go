package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/srcnexus/extrun/bench/task"
)

// handler serves the paths of the package, with members of its own.
func handler() http.Handler {
	var crew crew
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", upgraded(func(c *conn, _ *http.Request) { c.echo() }))
	mux.HandleFunc("/flood", upgraded(serveFlood))
	mux.HandleFunc("/member", upgraded(func(c *conn, _ *http.Request) { crew.serve(c) }))
	mux.HandleFunc("/drill", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(crew.drill(task.ParseDrill(r.URL.Query())))
	})
	return mux
}

// upgraded answers the handshake and gives the connection to serve, which may
// keep it until it returns.
func upgraded(serve func(*conn, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Sec-WebSocket-Key")
		if key == "" || !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
			http.Error(w, "this path is for WebSockets", http.StatusUpgradeRequired)
			return
		}
		raw, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer raw.Close()
		if _, err := io.WriteString(raw, handshake(key)); err == nil {
			serve(newConn(raw), r)
		}
	}
}

func serveFlood(c *conn, r *http.Request) {
	n, size := number(r, "n"), number(r, "size")
	if c.await() == nil && c.flood(n, size) == nil {
		c.echo()
	}
}

func number(r *http.Request, name string) int {
	n, _ := strconv.Atoi(r.URL.Query().Get(name))
	return n
}
