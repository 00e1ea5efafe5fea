package e2e

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

func TestOpening(t *testing.T) { tell(t, openingStories) }

var openingStories = map[string]story{
	"the URL is judged, then the headers, then the limit": {
		source: `onLoad(async () => {
				const five = await Promise.all([1, 2, 3, 4, 5].map(() => network.createWebSocket(url)));
				const headers = { Host: "x" };
				await refused(network.createWebSocket("http://x/", { headers }));
				await refused(network.createWebSocket("ws://localhost:4820/", { headers }));
				await refused(network.createWebSocket(url, { headers }));
				await refused(network.createWebSocket(url));
				await Promise.all(five.map((ws) => ws.close()));
			});`,
		stdout: "ERR_INVALID_URL Invalid WebSocket URL: the scheme must be ws or wss, not http\n" +
			"ERR_URL_BLOCKED ws://localhost:4820/: blocked: port 4820 of this machine (localhost) is reserved for the host's own services; other local ports are open\n" +
			"ERR_INVALID_HEADER header \"Host\": extensions can't set this header, the host does\n" +
			"ERR_LIMIT Too many WebSocket connections (max 5 per extension)\n",
	},
	"the limit counts dialling sockets": {
		source: `onLoad(async () => {
				const six = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => network.createWebSocket(url)));
				log(six.map((r) => r.status).join(), six[5].reason.message);
				for (const { value } of six) await value?.close();
			});`,
		stdout: "fulfilled,fulfilled,fulfilled,fulfilled,fulfilled,rejected Too many WebSocket connections (max 5 per extension)\n",
	},
	"a place is free before the close event": {
		source: `let left = 3;
				async function again() {
					const all = await Promise.all([1, 2, 3, 4, 5].map(() => network.createWebSocket(url)));
					all[0].onClose(async () => {
						const ws = await network.createWebSocket(url);
						log(ws.connectionId);
						await Promise.all([ws, ...all].map((each) => each.close()));
						if (--left > 0) again();
					});
					all[0].send("leave");
				}
				onLoad(again);`,
		play: func(peer *hostnettest.Peer, v *visit) {
			for {
				first, payload, ok := v.receive(peer)
				switch {
				case !ok:
					return
				case payload == "leave":
					peer.Send(hostnettest.Close, hostnettest.ClosePayload(1001, ""))
				case first == hostnettest.Close:
					peer.Send(first, payload)
					return
				}
			}
		},
		stdout: "story_ws_5\nstory_ws_11\nstory_ws_17\n",
	},
	"a place is free after a failed dial": {
		source: `onLoad(async () => {
				for (let i = 0; i < 7; i++) await network.createWebSocket("ws://127.0.0.1:1/").catch(() => {});
				const five = await Promise.all([1, 2, 3, 4, 5].map(() => network.createWebSocket(url)));
				log(five.length);
				await Promise.all(five.map((ws) => ws.close()));
			});`,
		stdout: "5\n",
	},
	"a place is free at once after an abort": {
		unpublished: "there is no signal",
		source: `onLoad(async () => {
				for (let i = 0; i < 7; i++) {
					const abort = new AbortController();
					const opening = network.createWebSocket(url, { signal: abort.signal });
					abort.abort();
					await opening.catch(() => {});
				}
				const five = await Promise.all([1, 2, 3, 4, 5].map(() => network.createWebSocket(url)));
				log(five.length);
				await Promise.all(five.map((ws) => ws.close()));
			});`,
		stdout: "5\n",
	},
	"ids count successful connections and are never reused": {
		source: `onLoad(async () => {
				const first = await network.createWebSocket(url);
				await first.close();
				await network.createWebSocket("ws://127.0.0.1:1/").catch(() => {});
				const second = await network.createWebSocket(url);
				log(first.connectionId, second.connectionId);
				await second.close();
			});`,
		stdout: "story_ws_0 story_ws_1\n",
	},
	"the connection's properties": {
		unpublished: "there is no url, protocol or bufferedAmount",
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url.toUpperCase().replace("WS:", "Ws:") + "a/../b?c");
				log(ws.connectionId, ws.url, JSON.stringify(ws.protocol), ws.bufferedAmount);
				try { ws.connectionId = "other" } catch {}
				log(ws.connectionId);
				await ws.close();
			});`,
		stdout: "story_ws_0 URLb?c \"\" 0\nstory_ws_0\n",
	},
	"an abort rejects with an AbortError": {
		unpublished: "there is no signal",
		source: `onLoad(async () => {
				const abort = new AbortController();
				const opening = network.createWebSocket(url, { signal: abort.signal });
				abort.abort();
				await opening.catch((err) => log(err.name, err.code, err instanceof Error));
				await network.createWebSocket(url, { signal: AbortSignal.abort() }).catch((err) => log(err.name, err.code));
				const late = new AbortController();
				const ws = await network.createWebSocket(url, { signal: late.signal });
				late.abort();
				ws.onMessage((m) => { log(m.data); ws.close(); });
				ws.send("open all the same");
			});`,
		stdout: "AbortError ERR_ABORTED true\nAbortError ERR_ABORTED\nopen all the same\n",
	},
	"options of the wrong type are refused": {
		unpublished: "options other than headers are dropped",
		source: `onLoad(async () => {
				for (const options of [7, { headers: 7 }, { headers: { a: 1 } }, { protocols: 7 }, { protocols: ["a", "a"] }, { protocols: "a b" },
						{ signal: 7 }, { timeout: 0 }, { timeout: "1" }])
					await network.createWebSocket(url, options).then(() => log("open"), (err) => log(err.message));
				for (const to of [undefined, null, 7, {}])
					await refused(network.createWebSocket(to));
			});`,
		stdout: "createWebSocket needs an object of options, got number\n" +
			"options.headers must be an object of strings, got number\n" +
			"header a must be a string, got number\n" +
			"options.protocols must be a string or an array of strings, got number\n" +
			"subprotocol 2 is given twice\n" +
			"subprotocol 1 must be a token, of letters, digits and !#$%&'*+-.^_`|~\n" +
			"options.signal must be an AbortSignal, got number\n" +
			"options.timeout must be a number of milliseconds above 0, got 0\n" +
			"options.timeout must be a number of milliseconds above 0, got 1\n" +
			"ERR_INVALID_URL Invalid WebSocket URL: expected a string, got undefined\n" +
			"ERR_INVALID_URL Invalid WebSocket URL: expected a string, got null\n" +
			"ERR_INVALID_URL Invalid WebSocket URL: expected a string, got number\n" +
			"ERR_INVALID_URL Invalid WebSocket URL: expected a string, got object\n",
	},
}

// TestHandshakeRefused has servers that answer with anything but 101.
func TestHandshakeRefused(t *testing.T) {
	for answer, want := range map[int]string{
		http.StatusUnauthorized:    "401 Unauthorized",
		http.StatusNotFound:        "404 Not Found",
		http.StatusTooManyRequests: "429 Too Many Requests",
		http.StatusOK:              "200 OK",
		http.StatusFound:           "302 Found",
	} {
		t.Run(want, func(t *testing.T) {
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests++
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(answer)
			}))
			defer server.Close()
			url := "ws" + strings.TrimPrefix(server.URL, "http") + "/path?token=secret"
			got := run(t, write(t, "story.js", script(url, `onLoad(() => refused(network.createWebSocket(url, { headers: { Authorization: "hidden" } })));`)))
			if !strings.HasPrefix(got.stdout, "ERR_HANDSHAKE ws://") || !strings.Contains(got.stdout, want) || got.code != 0 || got.stderr != "" {
				t.Errorf("got %+v, want the status %s", got, want)
			}
			for _, secret := range []string{"secret", "token", "hidden", "http:"} {
				if strings.Contains(got.stdout, secret) {
					t.Errorf("the message shows %q: %s", secret, got.stdout)
				}
			}
			if requests != 1 {
				t.Errorf("the server got %d requests, not 1", requests)
			}
		})
	}
}

// TestHandshakeTimeout has a server that accepts and never answers.
func TestHandshakeTimeout(t *testing.T) {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		buffer := make([]byte, 1<<16)
		for {
			if _, err := conn.Read(buffer); err != nil {
				return
			}
		}
	})
	run(t, write(t, "story.js", script("ws://"+server.Addr+"/", `onLoad(async () => {
		const all = await Promise.allSettled([1, 2, 3, 4, 5].map(() => network.createWebSocket(url, { timeout: 50 })));
		for (const { reason } of all) log(reason.code, reason.message.replace(url, "URL"));
		await network.createWebSocket(url, { timeout: 20 }).catch((err) => log(err.code, "again"));
	});`))).expect(t, strings.Repeat("ERR_TIMEOUT URL: the WebSocket was not open within 50 ms\n", 5)+"ERR_TIMEOUT again\n", "", 0)
}

// TestTLSFailures tells each apart; none is accepted.
func TestTLSFailures(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	root := rootFile(t, authority)
	for name, test := range map[string]struct {
		serve func(t *testing.T) string
		want  string
	}{
		"unknown authority": {func(t *testing.T) string {
			return hostnettest.ServeTLSPeers(t, hostnettest.NewAuthority(t).Valid(t, "localhost"), noVisit)
		}, "the server's certificate is signed by an unknown authority; add its root to the host's extra roots to trust it"},
		"self-signed": {func(t *testing.T) string {
			return hostnettest.ServeTLSPeers(t, hostnettest.SelfSigned(t, "localhost"), noVisit)
		}, "the server's certificate is self-signed; add it to the host's extra roots to trust it"},
		"another host": {func(t *testing.T) string {
			return hostnettest.ServeTLSPeers(t, authority.Valid(t, "example.com"), noVisit)
		}, "the server's certificate is for example.com, not for localhost"},
		"plain HTTP": {func(t *testing.T) string {
			server := httptest.NewServer(http.NotFoundHandler())
			t.Cleanup(server.Close)
			return server.URL + "/"
		}, "the server speaks plain HTTP on this port; use ws:// or its port for TLS"},
	} {
		t.Run(name, func(t *testing.T) {
			_, addr, _ := strings.Cut(test.serve(t), "://127.0.0.1:")
			got := run(t, "--ca-cert", root, write(t, "story.js", script("wss://localhost:"+addr, `onLoad(() =>
				network.createWebSocket(url).catch((err) => log(err.code, err.message.replace(url, "URL"))));`)))
			got.expect(t, "ERR_TLS URL: "+test.want+"\n", "", 0)
		})
	}
}

// noVisit is for servers that no handshake reaches.
func noVisit(*hostnettest.Peer) {}
