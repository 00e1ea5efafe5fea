package e2e

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// servePages serves what the tests of fetch ask for, and returns the server's
// "host:port". A second one is another origin.
func servePages(t *testing.T) string {
	t.Helper()
	gone := make(chan string, 100)
	pages := http.NewServeMux()
	for path, serve := range pageParts {
		pages.HandleFunc(path, serve)
	}
	pages.HandleFunc("/wait", func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		gone <- r.URL.Query().Get("as")
	})
	pages.HandleFunc("/gone", func(w http.ResponseWriter, r *http.Request) {
		select {
		case who := <-gone:
			io.WriteString(w, who)
		case <-r.Context().Done():
		}
	})
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// pageParts are the pages, by their paths.
var pageParts = map[string]http.HandlerFunc{
	"/echo": tellRequest,
	"/text": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "héllo") },
	"/status": func(w http.ResponseWriter, r *http.Request) {
		code, _ := strconv.Atoi(r.URL.Query().Get("code"))
		w.WriteHeader(code)
	},
	"/bytes": func(w http.ResponseWriter, r *http.Request) { w.Write([]byte{0, 0xff, 0xfe, '\r', '\n', 0x80}) },
	"/gzip": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		zipped := gzip.NewWriter(w)
		io.WriteString(zipped, strings.Repeat("long ", 10_000))
		zipped.Close()
	},
	"/headers": func(w http.ResponseWriter, r *http.Request) {
		w.Header()["X-Two"] = []string{"1", "2"}
		w.Header()["Set-Cookie"] = []string{"a=1; Path=/", "b=2"}
		w.Header().Set("X-Latin", "caf\xe9")
	},
	"/redirect": func(w http.ResponseWriter, r *http.Request) {
		code, _ := strconv.Atoi(r.URL.Query().Get("code"))
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(code)
	},
	"/loop": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) },
	"/count": func(w http.ResponseWriter, r *http.Request) {
		left, _ := strconv.Atoi(r.URL.Query().Get("left"))
		if left == 0 {
			io.WriteString(w, "arrived")
			return
		}
		http.Redirect(w, r, "/count?left="+strconv.Itoa(left-1), http.StatusFound)
	},
	"/drop": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	"/short": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "not a hundred")
	},
}

// tellRequest tells what was asked, as JSON.
func tellRequest(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	headers := map[string]string{}
	for name, values := range r.Header {
		headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	bytes := make([]int, len(body))
	for i, b := range body {
		bytes[i] = int(b)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"method": r.Method, "url": r.RequestURI, "headers": headers, "text": string(body), "bytes": slices.Clip(bytes),
	})
}
