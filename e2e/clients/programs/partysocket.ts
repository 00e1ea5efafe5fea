// partysocket: what is sent while there is no connection waits for one, and each
// attempt asks for its URL anew.
import { onLoad } from "@srcnexus/ext-sdk";
import PartySocket from "partysocket";
import ReconnectingWebSocket from "partysocket/ws";
import { address, kill, restart } from "../server";

const settings = { minReconnectionDelay: 20, maxReconnectionDelay: 50, reconnectionDelayGrowFactor: 1, minUptime: 0 };

onLoad(async () => {
	const host = await address();
	await party(host);
	await through(host);
});

/** A room of a party, with a query that is made for each connection. */
async function party(host: string): Promise<void> {
	let asked = 0;
	const socket = new PartySocket({ host, room: "kitchen", query: async () => ({ ticket: String(++asked) }), ...settings });
	const texts = incoming(socket);
	console.log(await texts());
	socket.send("ünï😀");
	console.log(await texts());
	socket.reconnect();
	console.log(await texts());
	socket.close();
}

/** One socket that lives through the loss of its server. */
async function through(host: string): Promise<void> {
	let attempts = 0;
	const socket = new ReconnectingWebSocket(async () => `ws://${host}/attempt/${++attempts === 1 ? "first" : "later"}`, ["chat", "news"], settings);
	socket.binaryType = "arraybuffer";
	const texts = incoming(socket);
	socket.send("before it is open");
	console.log(await texts(), "|", await texts(), "|", socket.protocol);
	socket.send(new Uint8Array([0, 127, 128, 255]));
	console.log(await texts());

	const lost = new Promise((resolve) => { socket.onclose = resolve; });
	await kill();
	await lost;
	console.log("lost");
	console.log(socket.send("first while offline"), socket.send("second while offline"), socket.bufferedAmount);
	await restart();
	console.log(await texts(), "|", await texts(), "|", await texts());
	console.log(attempts > 1, socket.bufferedAmount);
	const closed = new Promise<void>((resolve) => { socket.onclose = () => resolve(); });
	socket.close(1000, "done");
	await closed;
	console.log("closed", socket.readyState);
}

/** A function that waits for the next message. */
function incoming(socket: ReconnectingWebSocket): () => Promise<string> {
	const arrived: string[] = [];
	let wake = (): void => {};
	socket.addEventListener("message", ({ data }) => {
		arrived.push(typeof data === "string" ? data : new Uint8Array(data).join());
		wake();
	});
	return async () => {
		while (arrived.length === 0) await new Promise<void>((resolve) => { wake = resolve; });
		return arrived.shift()!;
	};
}
