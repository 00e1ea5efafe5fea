package echo

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/internal/leaktest"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// serveEcho returns the URL of an echo server, and what ends its connections.
func serveEcho(t *testing.T) (string, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	server := httptest.NewUnstartedServer(Handler())
	server.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	server.Start()
	t.Cleanup(server.Close)
	t.Cleanup(cancel)
	return server.URL, cancel
}

func dial(t *testing.T, url string, protocols ...string) *websocket.Conn {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{
		Subprotocols: protocols,
		HTTPHeader:   http.Header{"Origin": {"https://elsewhere.example"}},
		HTTPClient:   &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.CloseNow() })
	return ws
}

func TestMessagesComeBackAsTheyWere(t *testing.T) {
	url, _ := serveEcho(t)
	ws := dial(t, url)
	ws.SetReadLimit(-1)
	for _, kind := range []websocket.MessageType{websocket.MessageText, websocket.MessageBinary} {
		for _, size := range []int{0, 1, 40_000, 1 << 20} {
			sent := string(make([]byte, size))
			if err := ws.Write(t.Context(), kind, []byte(sent)); err != nil {
				t.Fatal(err)
			}
			got, payload, err := ws.Read(t.Context())
			if err != nil || got != kind || string(payload) != sent {
				t.Fatalf("sent %v of %d bytes, got %v of %d bytes, %v", kind, size, got, len(payload), err)
			}
		}
	}
}

func TestFirstSubprotocolIsTaken(t *testing.T) {
	url, _ := serveEcho(t)
	if got := dial(t, url, "one", "two").Subprotocol(); got != "one" {
		t.Errorf("subprotocol %q, want one", got)
	}
	if got := dial(t, url).Subprotocol(); got != "" {
		t.Errorf("subprotocol %q where none was offered", got)
	}
}

func TestCloseIsAnswered(t *testing.T) {
	url, _ := serveEcho(t)
	if err := dial(t, url).Close(4321, "so long"); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestConnectionsEndWithTheServer(t *testing.T) {
	url, cancel := serveEcho(t)
	ws := dial(t, url)
	cancel()
	if _, _, err := ws.Read(t.Context()); err == nil {
		t.Error("read a message from a server that has ended")
	}
}

func TestOtherRequestsGetTheirBodies(t *testing.T) {
	request := httptest.NewRequest("POST", "/", strings.NewReader("a note"))
	request.Header.Set("Content-Type", "text/x-note")
	recorder := httptest.NewRecorder()
	Handler().ServeHTTP(recorder, request)
	if body, kind := recorder.Body.String(), recorder.Header().Get("Content-Type"); body != "a note" || kind != "text/x-note" {
		t.Errorf("got %q of type %q", body, kind)
	}
}
