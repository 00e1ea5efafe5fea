package e2e

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// concealed stands in user info, queries and values of headers.
const concealed = "s3cret"

// secretly begins scripts that connect to a place with secrets in all parts of
// the URL that may have any, and in a header. At a place without a path they
// stand alone.
const secretly = `
	import { network, onLoad, onDispose } from "@srcnexus/ext-sdk";
	const url = "ws://s3cret:s3cret@PLACE/path?token=s3cret";
	const options = { headers: { Authorization: "Bearer s3cret", "X-Key": "s3cret" } };
	const connect = (to = url, more) => network.createWebSocket(to, { ...options, ...more });
	const spin = () => { for (;;); };
`

// Scripts that fail in as many ways as the host records, and the fault of the
// record; the place is a server's that repeats what it is told.
var secretFaults = map[string]struct{ source, fault string }{
	"refused at the top level":      {`await connect();`, "failed"},
	"an uncaught refusal":           {`onLoad(() => { connect(); });`, "uncaught"},
	"an uncaught refusal of a URL":  {`onLoad(() => { connect(url.replace("ws:", "http:")); connect(url + "#s3cret"); connect("ws://s3cret:s3cret@:1/?s3cret"); connect("ws://s3cret:s3cret@h.test:99999/?s3cret") });`, "uncaught"},
	"an uncaught blocked URL":       {`onLoad(() => { connect("ws://s3cret:s3cret@127.0.0.1:4820/path?token=s3cret") });`, "uncaught"},
	"an uncaught refusal over TLS":  {`onLoad(() => { connect(url.replace("ws:", "wss:")) });`, "uncaught"},
	"an uncaught header":            {`onLoad(() => { connect(url, { headers: { "X-Key": "s3cret\r\n" } }) });`, "uncaught"},
	"an uncaught subprotocol":       {`onLoad(() => { connect(url, { protocols: ["s3cret s3cret"], headers: { "Sec-WebSocket-Protocol": "s3cret, s3cret" } }) });`, "uncaught"},
	"an uncaught timeout":           {`onLoad(() => { connect(url, { timeout: 1 }) });`, "uncaught"},
	"thrown on the line of the URL": {`const ws = { to: "ws://s3cret:s3cret@h.test/?s3cret" }; ws.connect();`, "failed"},
	"uncaught there":                {`setTimeout(() => { const ws = { to: "ws://s3cret:s3cret@h.test/?s3cret" }; ws.connect(); });`, "uncaught"},
	"stuck there":                   {`setTimeout(() => { const ws = { to: "ws://s3cret:s3cret@h.test/?s3cret" }; spin(ws); });`, "turn_limit"},
	"slow, connecting":              {`setTimeout(() => { connect().catch(spin); });`, "slow_turn"},
	"an onLoad that waits":          {`onLoad(() => { connect().catch(() => {}); return new Promise(() => {}); });`, "load_timeout"},
	"an onDispose that waits":       {`onDispose(() => { connect().catch(() => {}); return new Promise(() => {}); });`, "dispose_timeout"},
	"a message of no known channel": {`onLoad(() => { connect().catch(() => {}); sendMessage("other", JSON.stringify({ url, options })); });`, "bad_message"},
	"a message that is none":        {`onLoad(() => { try { sendMessage("rpc", "{" + url); } catch {} });`, "bad_message"},
	"a bad id":                      {`onLoad(() => { try { sendMessage("rpc", JSON.stringify({ id: {}, method: "network.wsConnect", params: { url, ...options } })); } catch {} });`, "bad_message"},
}

// TestRecordsHoldNoSecrets makes the host record faults of extensions that have
// secrets, in all of its own words.
func TestRecordsHoldNoSecrets(t *testing.T) {
	place := hostnettest.Serve(t, "127.0.0.1:0", func(c net.Conn) {
		request := make([]byte, 4096)
		n, _ := c.Read(request)
		fmt.Fprintf(c, "HTTP/1.1 401 %[1]s\r\nX-Echo: %[1]s\r\nWWW-Authenticate: %[1]s\r\nContent-Length: %[2]d\r\n\r\n%[3]s", concealed, n, request[:n])
	}).Addr
	for name, test := range secretFaults {
		for form, source := range map[string]string{
			"built-in":  secretly + test.source,
			"published": bundle(t, secretly+strings.Replace(test.source, "await connect()", "throw connect()", 1)), // which has no top-level await
		} {
			t.Run(name+", "+form, func(t *testing.T) {
				log := recordsOf(t, strings.ReplaceAll(source, "PLACE", place))
				if !strings.Contains(log, "fault="+test.fault) {
					t.Errorf("no record of %s:\n%s", test.fault, log)
				}
				if strings.Contains(log, concealed) {
					t.Errorf("the log has a secret:\n%s", log)
				}
			})
		}
	}
}

// recordsOf runs a script to its end, and returns all that the host logs, without
// what the script writes to its console.
func recordsOf(t *testing.T, source string) string {
	t.Helper()
	network, err := hostnet.New(hostnet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var log safeBuffer
	host, err := runtime.NewHost(runtime.Options{
		Namespaces: []rpc.Namespace{network}, Console: func(*runtime.Extension, runtime.ConsoleLevel, string) {},
		Logger:      slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		TurnWarning: 20 * time.Millisecond, TurnLimit: 200 * time.Millisecond,
		LoadTimeout: 50 * time.Millisecond, DisposeTimeout: 50 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	folder := runtimetest.Write(t, map[string]string{"extension.js": source})
	if ext, err := host.Load(t.Context(), folder+"/extension.js"); err == nil {
		if err := ext.WaitIdle(t.Context()); err != nil && ext.State() != runtime.Crashed {
			t.Fatal(err)
		}
	}
	if err := host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return log.String()
}

// A safeBuffer may be written to by many goroutines.
type safeBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
