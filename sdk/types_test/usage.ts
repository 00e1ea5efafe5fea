// What must compile, and what must not.

import editor, { host, network, onDispose, onLoad, window } from "@srcnexus/ext-sdk";
import * as all from "@srcnexus/ext-sdk";
import type { CodedError, WebSocketConnection } from "@srcnexus/ext-sdk";

export async function accepted(ws: WebSocketConnection): Promise<void> {
  const typed = (msg: { data: string }): void => console.log(msg.data);
  const off: () => void = ws.onMessage(typed);
  off();
  ws.onClose((info: { code: number; reason: string }) => console.log(info.code));
  ws.onError((err: { message: string }) => console.log(err.message));
  ws.onMessage(async (msg) => {
    if (msg.binary) console.log(msg.bytes.byteLength);
    const text: string = msg.data;
    await ws.send(text);
  });
  interface Order { id: number }
  const order: Order = { id: 1 };
  const sent: Promise<void> = ws.send(order);
  await sent;
  await ws.send("text");
  await ws.send([1, "two", null]);
  await ws.send(new Uint8Array(1));
  await ws.send(new ArrayBuffer(1));
  await ws.send(new DataView(new ArrayBuffer(1)));
  await ws.close();
  await ws.close(4000, "done");
  const words: string[] = [ws.connectionId, ws.url, ws.protocol];
  const waiting: number = ws.bufferedAmount;
  console.log(words, waiting);
}

export async function options(signal: all.AbortSignalLike): Promise<void> {
  await network.createWebSocket("ws://h", { headers: { a: "b" }, protocols: ["p"], signal, timeout: 5 });
  await network.createWebSocket("ws://h", { headers: new Map([["a", "b"]]), protocols: "p", signal: null });
  await network.createWebSocket({ href: "ws://h" }, { timeout: undefined });
  try {
    await all.default.network.createWebSocket("ws://h");
  } catch (e) {
    if ((e as CodedError).code === "ERR_TIMEOUT") await window.showToast("slow");
  }
}

export async function loops(ws: WebSocketConnection): Promise<void> {
  for await (const message of ws) {
    const text: string = message.data;
    if (message.binary) console.log(message.bytes.byteLength, text);
  }
}

export async function reconnecting(signal: all.AbortSignalLike): Promise<void> {
  const plain: WebSocketConnection = await network.createWebSocket("ws://h", { reconnect: false });
  // @ts-expect-error it does not live through losses
  plain.onReconnecting(() => {});
  const ws: all.ReconnectingConnection = await network.createWebSocket(async () => "ws://h", {
    headers: () => ({ a: "b" }),
    protocols: async () => ["p"],
    signal,
    timeout: 5,
    reconnect: { minReconnectionDelay: 1, maxRetries: Infinity, shouldReconnect: (cause) => cause instanceof Error || cause.code !== 1000 },
  });
  ws.onReconnecting(({ attempt, delay, cause }) => console.log(attempt + delay, cause.code));
  ws.onReconnected(({ attempts }) => console.log(attempts));
  for await (const { data } of ws) await ws.send(data);
  const always: all.ReconnectingConnection = await network.createWebSocket({ href: "ws://h" }, { reconnect: true });
  const either: WebSocketConnection = await network.createWebSocket(always.url, { reconnect: signal.aborted });
  // @ts-expect-error it may not live through losses
  either.onReconnecting(() => {});
  const given: all.WebSocketOptions = { reconnect: { maxRetries: 3 } };
  await network.createWebSocket("ws://h", given);
  // @ts-expect-error functions are for connections that are opened again
  await network.createWebSocket(() => "ws://h");
  // @ts-expect-error there is no such option
  await network.createWebSocket("ws://h", { reconnect: { retries: 5 } });
}

export async function requests(responseType: "text" | "bytes", options: all.FetchOptions): Promise<void> {
  let text: string = (await network.fetch("http://h", { method: "POST", body: { a: 1 }, headers: new Map([["a", "b"]]) })).body;
  const base64: string = (await network.fetch({ href: "http://h" }, { responseType: "base64" })).body;
  const bytes: Uint8Array = (await network.fetch("http://h", { responseType: "bytes", body: new Uint8Array(1) })).body;
  const either: string | Uint8Array = (await network.fetch("http://h", { responseType })).body;
  console.log(text, base64, bytes, either);
  // @ts-expect-error it may be bytes
  text = (await network.fetch("http://h", options)).body;
  // @ts-expect-error a number is no body
  await network.fetch("http://h", { body: 5 });
}

export async function gateway(): Promise<void> {
  const status: unknown = await host.call("git.status", { folder: "." });
  const off: () => void = editor.host.on("git.changed", (data: { folder: string }) => console.log(data.folder, status));
  off();
  onLoad(async () => {});
  onDispose(() => {});
}

export function refused(ws: WebSocketConnection): void {
  // @ts-expect-error numbers can't be sent
  ws.send(5);
  // @ts-expect-error nor can booleans
  ws.send(true);
  // @ts-expect-error nor null
  ws.send(null);
  // @ts-expect-error nor nothing
  ws.send();
  // @ts-expect-error nor bigints
  ws.send(5n);
  // @ts-expect-error the id is read-only
  ws.connectionId = "x";
  // @ts-expect-error codes are numbers
  ws.close("1000");
  // @ts-expect-error messages have no code
  ws.onMessage((msg) => msg.code);
  // @ts-expect-error the data is a string
  ws.onMessage((msg: { data: number }) => msg);
  // @ts-expect-error bytes are there in binary messages only
  ws.onMessage((msg) => msg.bytes.length);
  // @ts-expect-error a handler is a function
  ws.onClose("close");
  // @ts-expect-error a URL is needed
  network.createWebSocket();
  // @ts-expect-error header values are strings
  network.createWebSocket("ws://h", { headers: { a: 1 } });
  // @ts-expect-error there is no such option
  network.createWebSocket("ws://h", { header: {} });
  // @ts-expect-error the timeout is a number
  network.createWebSocket("ws://h", { timeout: "5s" });
  // @ts-expect-error a toast is a string
  window.showToast(5);
  // @ts-expect-error params are named
  host.call("a.b", "c");
  // @ts-expect-error a callback is a function
  onLoad(network.createWebSocket("ws://h"));
  // @ts-expect-error the module's members can't be replaced
  editor.network = network;
}
