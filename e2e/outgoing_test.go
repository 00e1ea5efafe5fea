package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/observed"
)

func TestMessagesOut(t *testing.T) { tell(t, outgoingStories) }

var outgoingStories = map[string]story{
	"strings, objects, arrays and bytes": {
		unpublished: "bytes can't be sent",
		play:        silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.send("text ü");
				ws.send("");
				ws.send({ type: "subscribe", nested: [1, null, { a: "<&>" }], date: new Date(0) });
				ws.send([1, 2]);
				ws.send(new Uint8Array([1, 2, 3]).buffer);
				ws.send(new Uint8Array([1, 2, 3]).subarray(1));
				ws.send(new Uint16Array([0x0201]));
				ws.send(new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2));
				await ws.send(new Uint8Array());
				await ws.close();
			});`,
		server: []string{
			"text text ü", "text ", `text {"type":"subscribe","nested":[1,null,{"a":"<&>"}],"date":"1970-01-01T00:00:00.000Z"}`, "text [1,2]",
			"binary 010203", "binary 0203", "binary 0102", "binary 0203", "binary ", "close 1000",
		},
	},
	"blobs are bytes, and what only says that it is one isn't": {
		unpublished: "there is no Blob",
		play:        silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.send({ [Symbol.toStringTag]: "Blob", before: 1 });
				ws.send(new Blob([new Uint8Array([0, 255]), "é"]).slice(1));
				ws.send("between");
				ws.send(Object.assign(new File(["ab"], "f.txt"), { toString: 5 }));
				ws.send(new Blob());
				ws.send({ [Symbol.toStringTag]: "Blob", after: 1 });
				ws.send({ get [Symbol.toStringTag]() { throw 1; } });
				await ws.close();
			});`,
		server: []string{`text {"before":1}`, "binary ffc3a9", "text between", "binary 6162", "binary ", `text {"after":1}`, "text {}", "close 1000"},
	},
	"what can't be sent rejects": {
		play: silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				const cycle = {}; cycle.self = cycle;
				for (const data of [undefined, null, () => {}, Symbol("s"), 7, true, 7n, cycle, { big: 7n }])
					await ws.send(data).then(() => log("sent"), (err) => log(err.code, err instanceof Error));
				await ws.close();
			});`,
		stdout: strings.Repeat("ERR_INVALID_DATA true\n", 9),
		server: []string{"close 1000"},
	},
	"sends go out in call order, before the close": {
		unpublished: "bytes can't be sent, and close takes no code",
		play:        silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				for (let i = 0; i < 4; i++) { ws.send("text " + i); ws.send(new Uint8Array([i])); }
				await ws.close(3000, "all said");
			});`,
		server: []string{"text text 0", "binary 00", "text text 1", "binary 01", "text text 2", "binary 02", "text text 3", "binary 03", "close 3000 all said"},
	},
	"data is captured at the call": {
		unpublished: "bytes can't be sent",
		play:        silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				const bytes = new Uint8Array([1, 2]), object = { n: 1 };
				ws.send(bytes); ws.send(object);
				bytes[0] = 9; object.n = 9;
				await ws.close();
			});`,
		server: []string{"binary 0102", `text {"n":1}`, "close 1000"},
	},
	"texts and objects go out in call order, as they were, before the close": {
		play: silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url), object = { type: "subscribe", nested: [1, null, { a: "<&>" }], at: new Date(0) };
				ws.send("text ü");
				ws.send("");
				ws.send(object);
				object.type = "changed";
				ws.send([1, 2]);
				ws.send("last");
				await ws.close();
			});`,
		server: []string{
			"text text ü", "text ", `text {"type":"subscribe","nested":[1,null,{"a":"<&>"}],"at":"1970-01-01T00:00:00.000Z"}`, "text [1,2]", "text last", "close 1000",
		},
	},
	"send after the end rejects": {
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				await ws.close();
				await refused(ws.send("x"));
			});`,
		stdout: "ERR_CLOSED WebSocket story_ws_0 is not open\n",
	},
	"bytes in both directions are the same": {
		unpublished: "bytes can't be sent",
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				const all = new Uint8Array(70000).map((_, i) => i * 7);
				ws.onMessage((m) => {
					log(m.bytes.length === all.length && m.bytes.every((b, i) => b === all[i]));
					ws.close();
				});
				ws.send(all);
			});`,
		stdout: "true\n",
	},
}

// TestTenThousandBeforeClose is fault 22.
func TestTenThousandBeforeClose(t *testing.T) {
	server := serve(t, silent)
	run(t, write(t, "story.js", script(server.url, `onLoad(async () => {
		const ws = await network.createWebSocket(url);
		for (let i = 0; i < 10000; i++) ws.send(String(i));
		await ws.close();
	});`))).expect(t, "", "", 0)
	frames := server.visits(t, 1)[0].frames
	if len(frames) != 10001 || frames[10000] != "close 1000" {
		t.Fatalf("the server received %d frames, the last %q", len(frames), frames[len(frames)-1])
	}
	for i, frame := range frames[:10000] {
		if frame != fmt.Sprintf("text %d", i) {
			t.Fatalf("frame %d is %q", i, frame)
		}
	}
	observed.Note(t, fmt.Sprintf("the server received %d frames in order, the last two: %s", len(frames), strings.Join(frames[9999:], ", ")))
}

// TestServerStopsReading fills what may wait to be sent. Another connection
// doesn't notice.
func TestServerStopsReading(t *testing.T) {
	t.Parallel()
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		if peer.Request.URL.Path == "/stalls" {
			peer.Stall()
			return
		}
		echo(peer, v)
	})
	got := run(t, "--log-level", "error", write(t, "story.js", script(server.url, `onLoad(async () => {
		const stalls = await network.createWebSocket(url + "stalls"), works = await network.createWebSocket(url);
		const part = new Uint8Array(1 << 20), all = [];
		for (let i = 0; i < 40; i++) all.push(stalls.send(part).then(() => "sent", (err) => err.code));
		works.onMessage(async (m) => {
			log(m.data, stalls.bufferedAmount > 0, stalls.bufferedAmount <= 16 << 20);
			await works.close();
			await stalls.close();
			const outcomes = await Promise.all(all);
			log(outcomes.includes("ERR_BUFFER_FULL"), outcomes.filter((o) => o !== "ERR_BUFFER_FULL").length >= 16, stalls.bufferedAmount);
		});
		works.send("hello");
	});`)))
	got.expect(t, "hello true true\ntrue true 0\n", "", 0)
	observed.Note(t, "another connection's message, 0 < bufferedAmount <= 16 MiB; ERR_BUFFER_FULL, 16 or more sends not refused, bufferedAmount: "+got.observation())
}
