package e2e

import (
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

func TestClosing(t *testing.T) { tell(t, closingStories) }

// answers is a server that answers the first frame with another, and leaves.
func answers(frame []byte) part {
	return func(peer *hostnettest.Peer, v *visit) {
		v.receive(peer)
		peer.Write(frame)
	}
}

var closingStories = map[string]story{
	"codes and reasons that can't be leave the connection open": {
		unpublished: "close takes neither a code nor a reason",
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				for (const code of [999, 1001, 1005, 1006, 2999, 5000, 1000.5, "1000", NaN, null])
					await ws.close(code).then(() => log("closed", code), (err) => log(err.code));
				await ws.close(1000, "x".repeat(124)).catch((err) => log(err.code));
				await ws.close(1000, "ü".repeat(62)).catch((err) => log(err.code));
				await ws.close(1000, 7).catch((err) => log(err.code));
				ws.onMessage((m) => { log(m.data); ws.close(4999, "x".repeat(123)); });
				ws.send("still open");
			});`,
		stdout: "ERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\n" +
			"ERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nERR_INVALID_DATA\nstill open\n",
		server: []string{"text still open", "close 4999 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
	},
	"the close event comes before close fulfils, once, and last": {
		unpublished: "close takes no code, and is a new call each time",
		source: `onLoad(async () => {
				const ws = await open();
				ws.send("1");
				ws.onMessage(async () => {
					const closing = ws.close(3001, "enough");
					log(closing === ws.close() || (await ws.close()) === undefined);
					await closing;
					log("fulfilled");
					await ws.close();
					log("again");
				});
			});`,
		stdout: "message 1\ntrue\nclose 3001 enough\nfulfilled\nagain\n",
		server: []string{"text 1", "close 3001 enough"},
	},
	"the close event comes before any close fulfils": {
		source: `onLoad(async () => {
				const ws = await open();
				ws.onMessage(async () => {
					const both = [ws.close(), ws.close()];
					await both[1];
					log("fulfilled");
					await both[0];
					await ws.close();
					log("again");
				});
				await ws.send("1");
			});`,
		stdout: "message 1\nclose 1000 \nfulfilled\nagain\n",
		server: []string{"text 1", "close 1000"},
	},
	"the close event has what the peer answered": {
		play:   answers(closing(4002, "as you like")),
		source: `onLoad(async () => { await (await open()).close(); });`,
		stdout: "close 4002 as you like\n",
		server: []string{"close 1000"},
	},
	"without a code it is 1005": {
		play:   says(hostnettest.Frame(hostnettest.Close, "")),
		source: `onLoad(() => open());`,
		stdout: "close 1005 \n",
		server: []string{"close "},
	},
	"the connection ends without a closing handshake": {
		play:   func(peer *hostnettest.Peer, _ *visit) { peer.Send(hostnettest.Text, "last"); peer.Cut() },
		source: `onLoad(() => open());`,
		stdout: "message last\nerror the connection ended without a closing handshake\nclose 1006 \n",
	},
	"a server code that isn't allowed is a broken protocol": {
		play:   says(closing(1005, "")),
		source: `onLoad(() => open());`,
		stdout: "error the server broke the WebSocket protocol: a Close frame has the illegal code 1005\nclose 1002 \n",
	},
	"a handler that reconnects in onClose works after every kind of loss": {
		play: func(peer *hostnettest.Peer, v *visit) {
			switch peer.Request.URL.Path {
			case "/0":
				peer.Cut()
			case "/1":
				peer.Reset()
			case "/2":
				says(closing(1001, ""))(peer, v)
			case "/3":
				says(text("\xff"))(peer, v)
			case "/4":
				says(hostnettest.Frame(0x8b, ""))(peer, v)
			default:
				echo(peer, v)
			}
		},
		source: `async function connect(n) {
					const ws = await network.createWebSocket(url + n);
					ws.onClose((c) => { log(n, c.code); if (c.code !== 1000) connect(n + 1); });
					if (n === 5) ws.close();
				}
				onLoad(() => connect(0));`,
		stdout: "0 1006\n1 1006\n2 1001\n3 1007\n4 1002\n5 1000\n",
	},
	"after close no message is delivered": {
		play: func(peer *hostnettest.Peer, v *visit) {
			for range 10 {
				peer.Send(hostnettest.Text, "more")
			}
			silent(peer, v)
		},
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage((m) => { log(m.data); ws.close(); });
				ws.onClose((c) => log("close", c.code));
			});`,
		stdout: "more\nclose 1000\n",
	},
	"close on what is closed or unknown does nothing": {
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				await Promise.all([ws.close(), ws.close(), ws.close()]);
				log(await ws.close(), await raw("network.wsClose", { connectionId: "story_ws_77" }));
			});` + rawCall,
		stdout: "undefined null\n",
		server: []string{"close 1000"},
	},
	"a peer that doesn't answer is cut after a while": {
		play: func(peer *hostnettest.Peer, v *visit) {
			v.receive(peer)
			v.receive(peer)
		},
		source: `onLoad(async () => {
				const ws = await open();
				await ws.close();
				log("fulfilled");
			});`,
		stdout: "close 1006 \nfulfilled\n",
		server: []string{"close 1000", "end"},
	},
}

// rawCall gives a story raw(method, params), a call past the SDK.
const rawCall = `
	function raw(method, params) {
		return new Promise((resolve, reject) => {
			const id = "raw" + Math.random(), others = globalThis.__resolveRpc;
			globalThis.__resolveRpc = (m) => m.id !== id ? others(m) : m.error ? reject(Object.assign(new Error(m.error), { code: m.code })) : resolve(m.result);
			sendMessage("rpc", JSON.stringify({ id, method, params }));
		});
	}`
