// The server of y-websocket, with its documents in memory.
import { setupWSConnection } from "@y/websocket-server/utils";
import { WebSocketServer } from "ws";
import { http, listen } from "./listen.mjs";

new WebSocketServer({ server: http }).on("connection", setupWSConnection);
listen();
