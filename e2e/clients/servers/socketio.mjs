// A socket.io server with rooms, acknowledgements both ways, and a namespace
// that not everybody may enter.
import { Server } from "socket.io";
import { http, listen, run } from "./listen.mjs";

const io = new Server(http, { serveClient: false });

io.on("connection", (socket) => {
	socket.emit("welcome", run);
	socket.on("add", (a, b, answer) => answer(a + b));
	socket.on("reverse", ({ bytes, of }, answer) => answer({ bytes: Buffer.from(bytes).reverse(), of }));
	socket.on("ask me", async (answer) => answer(`you said ${await socket.emitWithAck("question", "how many?")}`));
	socket.on("join", async (room, answer) => {
		await socket.join(room);
		answer();
	});
	socket.on("say", (room, text) => socket.to(room).emit("said", text));
});

io.of("/members").use((socket, next) => next(socket.handshake.auth.token === "let me in" ? undefined : new Error("who are you?")));
listen();
