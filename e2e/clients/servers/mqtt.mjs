// An MQTT broker on WebSockets: aedes, behind a stream of ws.
import { Aedes } from "aedes";
import { createWebSocketStream, WebSocketServer } from "ws";
import { http, listen } from "./listen.mjs";

const broker = await Aedes.createBroker();
const sockets = new WebSocketServer({ server: http, handleProtocols: () => "mqtt" });
sockets.on("connection", (socket, request) => broker.handle(createWebSocketStream(socket).on("error", () => {}), request));
listen();
