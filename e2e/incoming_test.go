package e2e

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/observed"
)

// says is a server that sends frames right after the handshake, and then
// answers what comes.
func says(frames ...[]byte) part {
	return func(peer *hostnettest.Peer, v *visit) {
		for _, frame := range frames {
			peer.Write(frame)
		}
		silent(peer, v)
	}
}

func text(payload string) []byte { return hostnettest.Frame(hostnettest.Text, payload) }

func closing(code uint16, reason string) []byte {
	return hostnettest.Frame(hostnettest.Close, hostnettest.ClosePayload(code, reason))
}

func TestMessagesIn(t *testing.T) { tell(t, incomingStories) }

var incomingStories = map[string]story{
	"all promise reactions of an event run before the next": {
		play: says(text("1"), text("2"), closing(1000, "done")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage(async (m) => {
					log("event", m.data);
					for (let i = 0; i < 5; i++) await null;
					log("reaction", m.data);
				});
				ws.onClose((c) => log("close", c.code, c.reason));
			});`,
		stdout: "event 1\nreaction 1\nevent 2\nreaction 2\nclose 1000 done\n",
		server: []string{"close 1000"},
	},
	"a greeting right after the handshake is never lost": {
		unpublished: "it holds no events, and the host only while a call waits, which TestPublishedGreeting looks at",
		play:        says(text("hello"), text("there"), closing(4001, "bye")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				await new Promise((resolve) => setTimeout(resolve, 100));
				ws.onMessage((m) => log("message", m.data));
				await new Promise((resolve) => setTimeout(resolve, 10));
				ws.onClose((c) => log("close", c.code, c.reason));
			});`,
		stdout: "message hello\nmessage there\nclose 4001 bye\n",
	},
	"held events are bounded, the oldest go, close stays": {
		unpublished: "it holds no events",
		play: func(peer *hostnettest.Peer, v *visit) {
			for i := range 1030 {
				peer.Send(hostnettest.Text, strings.Repeat("x", i))
			}
			says(closing(1000, ""))(peer, v)
		},
		source: `onLoad(async () => {
				const warn = console.warn, dropping = new Promise((resolve) => { console.warn = (text) => { warn(text); resolve(); }; });
				const ws = await network.createWebSocket(url);
				await dropping;
				await new Promise((resolve) => setTimeout(resolve, 1000));
				let count = 0, first;
				ws.onClose((c) => log(count, first, "close", c.code));
				ws.onMessage((m) => { count++; first ??= m.data.length; });
			});`,
		stdout: "1024 6 close 1000\n",
		stderr: "[ws] story_ws_0 has no onMessage handler: its oldest messages are dropped\n",
	},
	"bytes have base64 and Uint8Array": {
		play: says(hostnettest.Frame(hostnettest.Binary, "\x00\xff\x10"), hostnettest.Frame(hostnettest.Binary, ""), text(""), closing(1000, "")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage((m) => log(Object.keys(m).join(), typeof m.data, JSON.stringify(m.data), m.binary, m.bytes));
			});`,
		stdout: "data,binary,bytes string \"AP8Q\" true Uint8Array(3) [ 0, 255, 16 ]\n" +
			"data,binary,bytes string \"\" true Uint8Array(0) []\n" +
			"data string \"\" undefined undefined\n",
	},
	"a message in fragments is one, with pings in between": {
		play: says(hostnettest.Frame(hostnettest.FirstText, "one "), hostnettest.Frame(hostnettest.Ping, "?"),
			hostnettest.Frame(hostnettest.Continuation, "two "), hostnettest.Frame(hostnettest.LastFragment, "three"), closing(1000, "")),
		source: `onLoad(() => open());`,
		stdout: "message one two three\nclose 1000 \n",
		server: []string{"pong ?", "close 1000"},
	},
	"text that isn't UTF-8 ends the connection with 1007": {
		play:   says(text("fine"), text("\xff\xfe"), text("never")),
		source: `onLoad(() => open());`,
		stdout: "message fine\nerror the server sent text that is not valid UTF-8\nclose 1007 \n",
		server: []string{"close 1007"},
	},
	"a broken protocol ends the connection with 1002": {
		play:   says(text("fine"), hostnettest.MaskedFrame(hostnettest.Text, "masked"), text("never")),
		source: `onLoad(() => open());`,
		stdout: "message fine\nerror the server broke the WebSocket protocol: a frame is masked\nclose 1002 \n",
		server: []string{"close 1002"},
	},
	"a message above the maximum ends the connection with 1009": {
		play: func(peer *hostnettest.Peer, v *visit) {
			peer.Write([]byte{hostnettest.Binary, 127, 0, 0, 0, 0, 2, 0, 0, 1})
			silent(peer, v)
		},
		source: `onLoad(() => open());`,
		stdout: "error a message of 33554433 bytes is above the limit of 33554432 bytes\nclose 1009 \n",
		server: []string{"close 1009"},
	},
	"a partial message is never delivered": {
		play: func(peer *hostnettest.Peer, v *visit) {
			peer.Write(text("whole"))
			peer.Write(hostnettest.Frame(hostnettest.FirstText, "half"))
			peer.Cut()
		},
		source: `onLoad(() => open());`,
		stdout: "message whole\nerror the connection ended in the middle of a message\nclose 1006 \n",
	},
	"a handler that throws is reported, and the others run": {
		unpublished: "what a handler throws is swallowed",
		play:        says(text("1"), text("2"), closing(1000, "")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage((m) => { if (m.data === "1") throw new Error("first fails"); });
				ws.onMessage((m) => log("second", m.data));
			});`,
		stdout: "second 1\nsecond 2\n",
		stderr: "[ws] onMessage handler of story_ws_0 threw: Error: first fails\n    at story.js:3:53\n",
	},
	"a handler whose promise rejects is reported": {
		unpublished: "what a handler rejects is the host's to report, which TestPublishedRejection looks at",
		play:        says(text("1"), closing(1000, "")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage(async (m) => { await null; throw new Error("too late"); });
				ws.onMessage((m) => log("second", m.data));
			});`,
		stdout: "second 1\n",
		stderr: "[ws] onMessage handler of story_ws_0 rejected: Error: too late\n    at story.js:3:51\n",
	},
	"handlers run in order, and changes take effect with the next event": {
		unpublished: "changes take effect at once",
		play:        says(text("1"), text("2"), text("3"), closing(1000, "")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				const stop = ws.onMessage((m) => {
					log("first", m.data);
					if (m.data === "1") ws.onMessage((m) => log("third", m.data));
					if (m.data === "2") { stop(); stop(); removed(); }
				});
				const removed = ws.onMessage((m) => log("second", m.data));
			});`,
		stdout: "first 1\nsecond 1\nfirst 2\nsecond 2\nthird 2\nthird 3\n",
	},
}

// TestSlowConsumer sends far more than may be in flight: all of it arrives, in
// order, and the consumer was waited for.
func TestSlowConsumer(t *testing.T) {
	const count = 3000
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		for i := range count {
			peer.Send(hostnettest.Text, strings.Repeat("x", i%10))
		}
		says(closing(1000, ""))(peer, v)
	})
	got := run(t, write(t, "story.js", script(server.url, `onLoad(async () => {
		const ws = await network.createWebSocket(url);
		let seen = 0, wrong = 0;
		ws.onMessage((m) => {
			if (m.data.length !== seen % 10) wrong++;
			seen++;
			if (seen % 500 === 0) for (const end = Date.now() + 20; Date.now() < end;);
		});
		ws.onClose((c) => log(seen, wrong, c.code));
	});`)))
	got.expect(t, "3000 0 1000\n", "", 0)
	server.received(t, "close 1000")
	observed.Note(t, "messages, how many of these are wrong, and the code of the close: "+got.observation())
}
