// socket.io-client: acknowledgements both ways, rooms, bytes, namespaces, and
// what is emitted while there is no server.
import { onLoad } from "@srcnexus/ext-sdk";
import { Fetch, io, WebSocket, type Socket } from "socket.io-client";
import { address, kill, restart } from "../server";

const settings = { transports: ["websocket"], forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50 };

onLoad(async () => {
	const url = `http://${await address()}`;
	const socket = io(url, settings);
	console.log("welcome", ...(await next(socket, "welcome")));

	await acknowledgements(socket);
	await room(url, socket);
	await members(url);
	await upgraded(url);
	await through(socket);
	socket.disconnect();
});

async function acknowledgements(socket: Socket): Promise<void> {
	console.log(await socket.emitWithAck("add", 2, 3));
	const { bytes, of } = await socket.emitWithAck("reverse", { bytes: new Uint8Array([1, 2, 254, 255]), of: "ünï😀" });
	console.log(new Uint8Array(bytes).join(), of);
	socket.once("question", (text, answer) => answer(`${text} 42`));
	console.log(await socket.emitWithAck("ask me"));
}

/** Two sockets in one room, where one hears the other and not itself. */
async function room(url: string, first: Socket): Promise<void> {
	const second = io(url, settings);
	await Promise.all([first, second].map((socket) => socket.emitWithAck("join", "kitchen")));
	first.once("said", () => console.log("first hears itself"));
	const heard = next(second, "said");
	first.emit("say", "kitchen", "dinner");
	console.log(...(await heard));
	first.off("said");
	second.disconnect();
}

/** A namespace that asks who comes in. */
async function members(url: string): Promise<void> {
	const stranger = io(`${url}/members`, settings);
	const [error] = await next(stranger, "connect_error");
	console.log(error.message);
	stranger.auth = { token: "let me in" };
	stranger.connect();
	await next(stranger, "connect");
	console.log("member");
	stranger.disconnect();
}

/** HTTP polling by fetch, which becomes a WebSocket. */
async function upgraded(url: string): Promise<void> {
	const socket = io(url, { ...settings, transports: [Fetch, WebSocket] });
	const { engine } = socket.io;
	console.log(engine.transport.name);
	await next(socket, "connect");
	if (engine.transport.name === "polling") await new Promise((resolve) => engine.once("upgrade", resolve));
	console.log(engine.transport.name, await socket.emitWithAck("add", 20, 22));
	socket.disconnect();
}

/** The same socket with the next server. */
async function through(socket: Socket): Promise<void> {
	const lost = next(socket, "disconnect");
	await kill();
	console.log("lost:", (await lost)[0]);
	const waiting = socket.emitWithAck("add", 40, 2);
	const welcome = next(socket, "welcome");
	await restart();
	console.log("welcome", ...(await welcome), await waiting);
}

const next = (socket: Socket, event: string): Promise<any[]> => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
