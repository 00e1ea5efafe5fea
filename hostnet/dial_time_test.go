package hostnet

import (
	"context"
	"errors"
	"net"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// tiny is a time limit that is meant to pass.
const tiny = 60 * time.Millisecond

// trickle sends one byte at a time.
func trickle(text string) func(net.Conn) {
	return func(conn net.Conn) {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for i := 0; ; i++ {
			<-tick.C
			if _, err := conn.Write([]byte{text[i%len(text)]}); err != nil {
				return
			}
		}
	}
}

func blockedLookup(ctx context.Context, _ string) ([]net.IP, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestTimeouts(t *testing.T) {
	silent := hostnettest.Serve(t, "127.0.0.1:0", stall)
	slow := hostnettest.Serve(t, "127.0.0.1:0", trickle("HTTP/1.1 101 Switching Protocols\r\nX: "))
	for name, test := range map[string]struct {
		opts    Options
		url     string
		timeout time.Duration
		part    string
	}{
		"lookup":                  {Options{DialTimeout: tiny, Resolve: blockedLookup}, secretURL("ws", "example.test"), patient, "no connection within 60 ms"},
		"response":                {Options{ResponseTimeout: tiny}, secretURL("ws", silent.Addr), patient, "not answered the handshake within 60 ms"},
		"TLS":                     {Options{TLSTimeout: tiny}, secretURL("wss", silent.Addr), patient, "TLS handshake was not over within 60 ms"},
		"all of it, lookup":       {Options{Resolve: blockedLookup}, secretURL("ws", "example.test"), tiny, "not open within 60 ms"},
		"all of it, response":     {Options{}, secretURL("ws", silent.Addr), tiny, "not open within 60 ms"},
		"all of it, TLS":          {Options{}, secretURL("wss", silent.Addr), tiny, "not open within 60 ms"},
		"all of it, byte by byte": {Options{}, secretURL("ws", slow.Addr), tiny, "not open within 60 ms"},
		"proxy":                   {Options{DialTimeout: tiny, Proxy: proxyAt("http", silent.Addr)}, secretURL("ws", "example.test"), patient, "no connection within 60 ms"},
		"SOCKS":                   {Options{DialTimeout: tiny, Proxy: proxyAt("socks5", silent.Addr)}, secretURL("ws", "example.test"), patient, "no connection within 60 ms"},
		"TLS to the proxy":        {Options{DialTimeout: tiny, Proxy: proxyAt("https", silent.Addr)}, secretURL("ws", "example.test"), patient, "no connection within 60 ms"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dialURL(t, test.opts, test.url, test.timeout)
			checkDial(t, err, CodeTimeout, test.part)
		})
	}
}

func TestTimeoutOfTheCallers(t *testing.T) {
	silent := hostnettest.Serve(t, "127.0.0.1:0", stall)
	ctx, cancel := context.WithTimeout(t.Context(), tiny)
	defer cancel()
	_, err := dialContext(ctx, t, Options{}, secretURL("ws", silent.Addr))
	checkDial(t, err, CodeTimeout, "not open in time")
}

func TestAborted(t *testing.T) {
	stalled := make(chan struct{})
	signal := func(conn net.Conn) {
		conn.Read(make([]byte, 1))
		stalled <- struct{}{}
		stall(conn)
	}
	lookup := func(ctx context.Context, _ string) ([]net.IP, error) {
		stalled <- struct{}{}
		return blockedLookup(ctx, "")
	}
	silent := hostnettest.Serve(t, "127.0.0.1:0", signal)
	for name, test := range map[string]struct {
		opts Options
		url  string
	}{
		"lookup":           {Options{Resolve: lookup}, secretURL("ws", "example.test")},
		"response":         {Options{}, secretURL("ws", silent.Addr)},
		"TLS":              {Options{}, secretURL("wss", silent.Addr)},
		"proxy":            {Options{Proxy: proxyAt("http", silent.Addr)}, secretURL("ws", "example.test")},
		"SOCKS":            {Options{Proxy: proxyAt("socks5", silent.Addr)}, secretURL("ws", "example.test")},
		"TLS to the proxy": {Options{Proxy: proxyAt("https", silent.Addr)}, secretURL("ws", "example.test")},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-stalled
				cancel()
			}()
			_, err := dialContext(ctx, t, test.opts, test.url)
			checkDial(t, err, CodeAborted, "given up")
		})
	}
}

func TestCauseOfTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	ending := func(conn net.Conn) {
		conn.Read(make([]byte, 1))
		cancel(&rpc.Error{Code: CodeClosed, Message: "the extension is ending"})
		stall(conn)
	}
	server := hostnettest.Serve(t, "127.0.0.1:0", ending)
	for range 2 { // The second time, ctx is done from the beginning.
		_, err := dialContext(ctx, t, Options{}, secretURL("ws", server.Addr))
		checkDial(t, err, CodeClosed, "the extension is ending")
	}
}

func TestEveryAddressGetsItsShare(t *testing.T) {
	for _, test := range []struct {
		left time.Duration
		n    int
		want time.Duration
	}{
		{10 * time.Second, 1, 10 * time.Second},
		{10 * time.Second, 2, 5 * time.Second},
		{10 * time.Second, 100, minAttempt},
		{time.Second, 2, time.Second},
		{-time.Second, 2, -time.Second / 2},
	} {
		if got := share(test.left, test.n); got != test.want {
			t.Errorf("one of %d gets %v of %v, want %v", test.n, got, test.left, test.want)
		}
	}
}

func TestAddressesAreTriedInTurn(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { upgrade(conn, "", "") })
	_, port, _ := net.SplitHostPort(server.Addr)
	resolver := hostnettest.NewResolver(map[string][]string{"two.test": {"127.0.0.9 127.0.0.1"}, "none.test": {"127.0.0.9 127.0.0.8"}})
	if _, err := dialURL(t, Options{Resolve: resolver.Resolve}, "ws://two.test:"+port, patient); err != nil {
		t.Error(err)
	}
	_, err := dialURL(t, Options{Resolve: resolver.Resolve}, secretURL("ws", "none.test:"+port), patient)
	checkDial(t, err, CodeConnect, "refused")
}

func TestWhichResolverIsAsked(t *testing.T) {
	own := runtime.GOOS != "darwin" && runtime.GOOS != "windows"
	if resolver := newDialer(Options{}).net.Resolver; resolver.PreferGo != own || resolver.Dial == nil {
		t.Errorf("a lookup may outlive its context: %+v", resolver)
	}
}

func TestQueriesEndWhenNobodyWaits(t *testing.T) {
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	conn, err := dialDNS(ctx, "udp", server.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	cancel()
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the query was answered")
	}
}

func TestQueriesThatTimeOutAreNotCutOff(t *testing.T) {
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), tiny)
	defer cancel()
	conn, err := dialDNS(ctx, "udp", server.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	<-ctx.Done()
	conn.SetReadDeadline(time.Now().Add(tiny))
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
