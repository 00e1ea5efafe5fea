// A WebSocket server that greets with what it was asked for, and echoes.
import { WebSocketServer } from "ws";
import { http, listen, run } from "./listen.mjs";

new WebSocketServer({ server: http }).on("connection", (socket, request) => {
	socket.send(`run ${run} ${request.url.replace(/_pk=[^&]+/, "_pk=ID")} ${socket.protocol || "-"}`);
	socket.on("message", (data, binary) => socket.send(data, { binary }));
});
listen();
