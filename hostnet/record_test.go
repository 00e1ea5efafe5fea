package hostnet

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// A logbook keeps what is logged.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// recorded is a fixture whose records of all levels can be read.
func recorded(t *testing.T, opts Options) (*fixture, *logbook) {
	f, book := newFixture(t, opts), new(logbook)
	f.caller.LogTo(slog.NewTextHandler(book, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return f, book
}

// check demands one record of a fault, with these words, and no secret.
func (l *logbook) check(t *testing.T, fault faultName, words ...string) {
	t.Helper()
	text := l.String()
	if n := strings.Count(text, " fault="+string(fault)+" "); n != 1 {
		t.Errorf("%d records of %s:\n%s", n, fault, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("the log lacks %q:\n%s", word, text)
		}
	}
	if strings.Contains(text, secret) {
		t.Errorf("the log has a secret:\n%s", text)
	}
}

func TestRefusedConnectionsAreRecorded(t *testing.T) {
	closed := closedPort(t)
	teapot := hostnettest.Serve(t, "127.0.0.1:0", func(c net.Conn) {
		c.Read(make([]byte, 4096))
		fmt.Fprintf(c, "HTTP/1.1 418 %s\r\nX-Echo: %s\r\nContent-Length: 6\r\n\r\n%s", secret, secret, secret)
	})
	headers := object("Authorization", "Bearer "+secret, "Cookie", secret)
	for _, test := range []struct {
		name   string
		params rpc.Object
		want   faultName
		words  string
	}{
		{"blocked", object("url", "ws://u:s3cret@127.0.0.1:4820/x?t=s3cret", "headers", headers), faultURL, "code=ERR_URL_BLOCKED"},
		{"scheme", object("url", "http://u:s3cret@h.test/x?t=s3cret"), faultURL, "code=ERR_INVALID_URL"},
		{"fragment", object("url", "ws://u:s3cret@h.test/x?t=s3cret#s3cret"), faultURL, "code=ERR_INVALID_URL"},
		{"bad port", object("url", "ws://u:s3cret@h.test:99999/x?t=s3cret"), faultURL, "code=ERR_INVALID_URL"},
		{"blank", object("url", "ws://u:s3cret@h.test/ x?t=s3cret"), faultURL, "code=ERR_INVALID_URL"},
		{"bad escape", object("url", "ws://u:s3cret@%zz/?t=s3cret"), faultURL, "code=ERR_INVALID_URL"},
		{"no host", object("url", "ws://u:s3cret@/?t=s3cret"), faultURL, "code=ERR_INVALID_URL"},
		{"header", object("url", "ws://h.test/", "headers", object("X-Key", secret+"\r\n")), faultHeader, "X-Key"},
		{"host's header", object("url", "ws://h.test/", "headers", object("Host", secret)), faultHeader, "Host"},
		{"data", object("url", 1.0), faultData, "code=ERR_INVALID_DATA"},
		{"refused", object("url", "ws://u:s3cret@"+closed+"/x?t=s3cret", "headers", headers), faultDial, "code=ERR_CONNECT"},
		{"status", object("url", "ws://u:s3cret@"+teapot.Addr+"/x?t=s3cret", "headers", headers), faultDial, "code=ERR_HANDSHAKE"},
		{"TLS", object("url", "wss://u:s3cret@"+teapot.Addr+"/x?t=s3cret", "headers", headers), faultDial, "error="},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, book := recorded(t, Options{})
			if answer := f.do("wsConnect", test.params); answer.Err == nil {
				t.Error("connected")
			}
			book.check(t, test.want, test.words)
		})
	}
}

// closedPort is an address on which nobody listens.
func closedPort(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func TestEndsAreRecorded(t *testing.T) {
	for name, test := range map[string]struct {
		sent []byte
		want faultName
	}{
		"lost":          {nil, faultLost},
		"truncated":     {hostnettest.Frame(hostnettest.Text, secret)[:4], faultLost},
		"bad opcode":    {hostnettest.Frame(0x83, secret), faultProtocol},
		"bad text":      {hostnettest.Frame(hostnettest.Text, secret+"\xff"), faultProtocol},
		"large message": {hostnettest.Frame(hostnettest.Text, strings.Repeat(secret, 20)), faultSize},
	} {
		t.Run(name, func(t *testing.T) {
			f, book := recorded(t, Options{MaxMessage: 100, StopGrace: 10 * time.Millisecond})
			id, peer := f.pipe()
			go func() {
				peer.Write(test.sent)
				peer.Cut()
			}()
			for !strings.HasPrefix(f.next(), "close") {
			}
			book.check(t, test.want, "connection="+id)
		})
	}
}

func TestSilenceIsRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, book := recorded(t, Options{})
		id, peer := f.pipe()
		go io.Copy(io.Discard, peer)
		f.expect("error WebSocket ping timed out", "close 1006 ")
		book.check(t, faultPing, "connection="+id)
		peer.Cut()
		f.session.Close(t.Context())
	})
}

func TestFullBufferIsRecordedOnceAnEpisode(t *testing.T) {
	f, book := recorded(t, Options{MaxOutgoingBytes: 100})
	id, peer := f.pipe()
	full := func() {
		for range 5 {
			if answer := f.do("wsSend", object("connectionId", id, "data", strings.Repeat(secret, 20))); rpc.Code(answer.Err) != CodeBufferFull {
				t.Fatalf("got %v", answer.Err)
			}
		}
	}
	full()
	book.check(t, faultFull, "connection="+id)
	go peer.Await(hostnettest.Text)
	f.must("wsSend", object("connectionId", id, "data", "x")) // the buffer was empty all the time
	full()
	if n := strings.Count(book.String(), "fault=buffer_full"); n != 2 {
		t.Errorf("%d records of two episodes", n)
	}
}

func TestForeignConnectionsAreRecorded(t *testing.T) {
	f, book := recorded(t, Options{})
	for range 3 * pageLength {
		f.do("wsSend", object("connectionId", "other_ws_0", "data", secret))
	}
	if n := strings.Count(book.String(), "fault=not_owner"); n != pageLength {
		t.Errorf("%d records", n)
	}
	if strings.Contains(book.String(), secret) {
		t.Error("the log has a secret")
	}
}

func TestOmittedRecordsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, book := recorded(t, Options{})
		foreign := func() { f.do("wsClose", object("connectionId", "other_ws_0")) }
		for range pageLength + 7 {
			foreign()
		}
		time.Sleep(pageTime)
		foreign()
		if !strings.HasSuffix(book.String(), " omitted=7\n") {
			t.Error(book.String())
		}
	})
}
