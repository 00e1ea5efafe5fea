package e2e

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	internalecho "github.com/srcnexus/extrun/internal/echo"
)

const echoHost = "echo.websocket.org"

// TestSamples runs each sample twice: against a server that notes every frame,
// and with --echo, as its first lines say.
func TestSamples(t *testing.T) {
	for name, test := range sampleStories {
		t.Run(name, func(t *testing.T) {
			server, flags := serveTLS(t, echoHost, echo)
			run(t, append(flags, sample(name))...).expect(t, test.stdout, test.stderr, 0)
			for i, v := range server.visits(t, len(test.visits)) {
				if !slices.Equal(v.frames, test.visits[i]) {
					t.Errorf("connection %d: the server received %q, want %q", i, v.frames, test.visits[i])
				}
			}
			run(t, "--echo", sample(name)).expect(t, test.stdout, test.stderr, 0)
		})
	}
}

var sampleStories = map[string]struct {
	stdout, stderr string
	visits         [][]string // the frames of each connection
}{
	"quick-start.js": {
		stdout: "Received: Hello, server!\nClosed: 1000 \n",
		visits: [][]string{{"text Hello, server!", "close 1000"}},
	},
	"echo-client.js": {
		stdout: "Echo: Hello from my extension!\n",
		visits: [][]string{{"text Hello from my extension!", "close 1000"}},
	},
	"reconnecting-client.js": {
		stdout: "Connected: reconnecting-client_ws_0\nEvent: greeting 1\nDisconnected: 4000 try again\n" +
			"Connected: reconnecting-client_ws_1\nEvent: greeting 2\nDisconnected: 4000 try again\n" +
			"Connected: reconnecting-client_ws_2\nEvent: greeting 3\nDisconnected: 1000 \n",
		visits: [][]string{
			{`text {"type":"greeting","payload":1}`, "close 4000 try again"},
			{`text {"type":"greeting","payload":2}`, "close 4000 try again"},
			{`text {"type":"greeting","payload":3}`, "close 1000"},
		},
	},
	"reconnect.js": {
		stdout: "Connected: reconnect_ws_0\nEvent: greeting 1\nEvent: greeting 2\nEvent: greeting 3\nClosed: 1000\n",
		visits: [][]string{{`text {"type":"greeting","payload":1}`, `text {"type":"greeting","payload":2}`, `text {"type":"greeting","payload":3}`, "close 1000"}},
	},
	"for-await.js": {
		stdout: "First: hello\nThen: one\nThen: two\nThen: three\nThat was all.\n",
		visits: [][]string{{"text hello", "text one", "text two", "text three", "text bye", "close 1000"}},
	},
	"binary-frames.js": {
		stdout: "Bytes: Uint8Array(3) [ 255, 128, 0 ] in base64: /4AA\n" +
			"Bytes: Uint8Array(4) [ 0, 0, 0, 63 ] in base64: AAAAPw==\n" +
			"Text: {\"done\":true}\n",
		visits: [][]string{{"binary ff8000", "binary 0000003f", `text {"done":true}`, "close 1000"}},
	},
	"streaming-json": {
		stdout: "Subscribed to: prices, alerts\nPrice update: ACME 12.5\nPrice update: INIT 3\n",
		stderr: "Not JSON: {not json\n",
		visits: [][]string{{
			`text {"action":"subscribe","channels":["prices","alerts"]}`, `text {"symbol":"ACME","price":12.5}`,
			`text {"symbol":"INIT","price":3}`, "text {not json", "text bye", "close 1000",
		}},
	},
}

// TestEverySampleHasItsStory compares the folder with the tests of this file,
// and each sample's own command with what the stories run.
func TestEverySampleHasItsStory(t *testing.T) {
	entries, err := os.ReadDir(sample("."))
	if err != nil {
		t.Fatal(err)
	}
	stories, err := os.ReadFile("samples_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != "README.md" && !strings.Contains(string(stories), `"`+entry.Name()) {
			t.Errorf("no story runs %s", entry.Name())
		}
	}
	for _, file := range []string{"quick-start.js", "isolation/alice.js", "streaming-json/src/main.ts"} {
		text, err := os.ReadFile(sample(file))
		if err != nil {
			t.Fatal(err)
		}
		command := regexp.MustCompile(`//     extrun --echo (extensions/samples/.*)\n`).FindStringSubmatch(string(text))
		if command == nil {
			t.Fatalf("%s doesn't say how to run it", file)
		}
		for path := range strings.FieldsSeq(command[1]) {
			if _, err := os.Stat(filepath.Join("..", path)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

func TestSampleMultipleConnections(t *testing.T) {
	server, flags := serveTLS(t, echoHost, echo)
	got := run(t, append(flags, sample("multiple-connections.js"))...)
	lines := strings.SplitAfter(got.stdout, "\n")
	slices.Sort(lines[:min(2, len(lines))])
	if text := strings.Join(lines, ""); text != "[Chat] Good morning!\n[Prices] ACME 12.50\nBoth are closed.\n" || got.stderr != "" || got.code != 0 {
		t.Errorf("got %+v", got)
	}
	want := map[string]string{"/prices": "text ACME 12.50, close 1000", "/chat": "text Good morning!, close 1000"}
	for _, v := range server.visits(t, 2) {
		if frames := strings.Join(v.frames, ", "); frames != want[v.request.URL.Path] {
			t.Errorf("%s: the server received %q", v.request.URL.Path, frames)
		}
	}
}

// TestSampleMultipleConnectionsInterrupted lets the servers be silent, so that
// only Ctrl-C ends the sample.
func TestSampleMultipleConnectionsInterrupted(t *testing.T) {
	server, flags := serveTLS(t, echoHost, silent)
	p := start(t, append(flags, sample("multiple-connections.js"))...)
	server.await(t, "text ACME 12.50", "text Good morning!")
	p.signal(os.Interrupt)
	p.wait().expect(t, "Both are closed.\n", "", 130)
	for _, v := range server.visits(t, 2) {
		if last := v.frames[len(v.frames)-1]; last != "close 1000" {
			t.Errorf("the server received %q at last, want a close of the sample", last)
		}
	}
}

func TestSampleWeb(t *testing.T) {
	run(t, "--echo", sample("web.js")).expect(t,
		"Saved: water the plants\nRefused: ERR_URL_BLOCKED\nMessage: hello\nClosed: 1000 done cleanly\n", "", 0)
}

func TestSampleCustomHeaders(t *testing.T) {
	var mu sync.Mutex
	var requests []http.Header
	flags := serveHTTPS(t, echoHost, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		requests = append(requests, r.Header.Clone())
		mu.Unlock()
		internalecho.Handler().ServeHTTP(w, r)
	}))
	run(t, append(flags, sample("custom-headers.js"))...).expect(t,
		"Connected: wss://echo.websocket.org/\nThe server chose: chat.v2\n"+
			"ERR_INVALID_HEADER header \"Host\": extensions can't set this header, the host does\n", "", 0)
	mu.Lock()
	defer mu.Unlock()
	if len(requests) != 1 {
		t.Fatalf("the server got %d requests, not 1", len(requests))
	}
	requests[0].Del("Sec-Websocket-Key")
	want := `{"Authorization":["Bearer my-token"],"Connection":["Upgrade"],"Sec-Websocket-Protocol":["chat.v2,chat.v1"],` +
		`"Sec-Websocket-Version":["13"],"Upgrade":["websocket"],"User-Agent":["extrun"],"X-Custom-Header":["value"]}`
	if got, _ := json.Marshal(requests[0]); string(got) != want {
		t.Errorf("the request had the headers\n%s, want\n%s", got, want)
	}
}

func TestSampleIsolation(t *testing.T) {
	server, flags := serveTLS(t, echoHost, echo)
	got := run(t, append(flags, sample("isolation/alice.js"), sample("isolation/bob.js"))...)
	want := map[string][]string{
		"[alice] ": {
			"my connection is alice_ws_0",
			"send: WebSocket bob_ws_0 is not owned by alice",
			"close: WebSocket bob_ws_0 is not owned by alice",
			"received: still my connection",
			"closed: 1000",
		},
		"[bob] ": {
			"my connection is bob_ws_0",
			"send: WebSocket alice_ws_0 is not owned by bob",
			"close: WebSocket alice_ws_0 is not owned by bob",
			"send: WebSocket alice_ws_99 is not owned by bob",
			"close: WebSocket alice_ws_99 is not owned by bob",
			"received: still my connection",
			"closed: 1000",
		},
	}
	for prefix, lines := range want {
		if got := linesOf(got.stdout, prefix); !slices.Equal(got, lines) {
			t.Errorf("%s wrote %q, want %q", prefix, got, lines)
		}
	}
	if got.stderr != "" || got.code != 0 {
		t.Errorf("exit code %d, stderr %s", got.code, got.stderr)
	}
	for _, v := range server.visits(t, 2) {
		if frames := strings.Join(v.frames, ", "); frames != "text still my connection, close 1000" {
			t.Errorf("%s: the server received %q", v.request.URL.Path, frames)
		}
	}
}

// TestSampleReconnectingClientServerGoes is the loss that the sample is for: the
// server hangs up without a word, restarts, and then stays.
func TestSampleReconnectingClientServerGoes(t *testing.T) {
	var mu sync.Mutex
	visits := 0
	server, flags := serveTLS(t, echoHost, func(peer *hostnettest.Peer, v *visit) {
		mu.Lock()
		visits++
		visit := visits
		mu.Unlock()
		switch visit {
		case 1:
			v.receive(peer)
			peer.Cut()
		case 2:
			v.receive(peer)
			peer.Send(hostnettest.Close, hostnettest.ClosePayload(1012, "restart"))
			v.receive(peer)
		default:
			v.receive(peer)
			peer.Send(hostnettest.Close, hostnettest.ClosePayload(1000, "bye"))
			v.receive(peer)
		}
	})
	run(t, append(flags, sample("reconnecting-client.js"))...).expect(t,
		"Connected: reconnecting-client_ws_0\nDisconnected: 1006 \n"+
			"Connected: reconnecting-client_ws_1\nDisconnected: 1012 restart\n"+
			"Connected: reconnecting-client_ws_2\nDisconnected: 1000 bye\n",
		"Connection error: the connection ended without a closing handshake\n", 0)
	want := []string{`text {"type":"greeting","payload":1}`, "close 1012"}
	if frames := server.visits(t, 3)[1].frames; !slices.Equal(frames, want) {
		t.Errorf("the server received %q, want %q", frames, want)
	}
}

// linesOf are the lines with a prefix, without it.
func linesOf(text, prefix string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, prefix); ok {
			lines = append(lines, strings.TrimSuffix(rest, "\n"))
		}
	}
	return lines
}

// serveHTTPS serves a host that is somewhere else with a handler, and returns
// the flags that lead the program here.
func serveHTTPS(t *testing.T, host string, handler http.Handler) (flags []string) {
	t.Helper()
	authority := hostnettest.NewAuthority(t)
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{authority.Valid(t, host)}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return []string{"--connect-to", host + ":443=" + server.Listener.Addr().String(), "--ca-cert", rootFile(t, authority)}
}
