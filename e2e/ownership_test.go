package e2e

import "testing"

func TestOwnership(t *testing.T) { tell(t, ownershipStories) }

var ownershipStories = map[string]story{
	"any id without the own prefix is not owned": {
		source: `onLoad(async () => {
				for (const connectionId of ["other_ws_0", "story", "story_ws_", "story_ws_x", "story_ws_01", "story_ws_-1", "story_ws_0_ws_0", "Story_ws_0", "", "__proto__"]) {
					await refused(raw("network.wsSend", { connectionId, data: "x" }));
					await refused(raw("network.wsClose", { connectionId }));
				}
				for (const connectionId of [undefined, null, 7, {}, ["story_ws_0"]])
					await refused(raw("network.wsSend", { connectionId, data: "x" }));
			});` + rawCall,
		stdout: "ERR_NOT_OWNER WebSocket other_ws_0 is not owned by story\nERR_NOT_OWNER WebSocket other_ws_0 is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket story is not owned by story\nERR_NOT_OWNER WebSocket story is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket story_ws_ is not owned by story\nERR_NOT_OWNER WebSocket story_ws_ is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket story_ws_x is not owned by story\nERR_NOT_OWNER WebSocket story_ws_x is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket story_ws_01 is not owned by story\nERR_NOT_OWNER WebSocket story_ws_01 is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket story_ws_-1 is not owned by story\nERR_NOT_OWNER WebSocket story_ws_-1 is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket story_ws_0_ws_0 is not owned by story\nERR_NOT_OWNER WebSocket story_ws_0_ws_0 is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket Story_ws_0 is not owned by story\nERR_NOT_OWNER WebSocket Story_ws_0 is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket  is not owned by story\nERR_NOT_OWNER WebSocket  is not owned by story\n" +
			"ERR_NOT_OWNER WebSocket __proto__ is not owned by story\nERR_NOT_OWNER WebSocket __proto__ is not owned by story\n" +
			"ERR_INVALID_DATA network.wsSend: connectionId must be a string\nERR_INVALID_DATA network.wsSend: connectionId must be a string\n" +
			"ERR_INVALID_DATA network.wsSend: connectionId must be a string\nERR_INVALID_DATA network.wsSend: connectionId must be a string\n" +
			"ERR_INVALID_DATA network.wsSend: connectionId must be a string\n",
	},
	"send on an own id that is closed or never was": {
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				await ws.close();
				await refused(raw("network.wsSend", { connectionId: ws.connectionId, data: "x" }));
				await refused(raw("network.wsSend", { connectionId: "story_ws_99", data: "x" }));
			});` + rawCall,
		stdout: "ERR_CLOSED WebSocket story_ws_0 is not open\nERR_CLOSED WebSocket story_ws_99 is not open\n",
	},
	"the documented methods work without the SDK's help": {
		source: `onLoad(async () => {
				let sent;
				globalThis.__pushWsEvent = (e) => {
					log(JSON.stringify(e));
					if (e.event === "message") sent.then(log).then(() => raw("network.wsClose", { connectionId: e.connectionId })).then(log);
				};
				const opened = await raw("network.wsConnect", { url });
				log(JSON.stringify(opened));
				sent = raw("network.wsSend", { connectionId: opened.connectionId, data: { a: [1] } });
			});` + rawCall,
		stdout: `{"connectionId":"story_ws_0"}` + "\n" +
			`{"connectionId":"story_ws_0","event":"message","data":{"data":"{\"a\":[1]}"}}` + "\nnull\n" +
			`{"connectionId":"story_ws_0","event":"close","data":{"code":1000,"reason":""}}` + "\nnull\n",
		server: []string{`text {"a":[1]}`, "close 1000"},
	},
}
