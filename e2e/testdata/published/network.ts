/** The network: requests, and connections whose handlers have a table by connection. */

import { expose, type Handler, read, rpc, subscribe } from "./bridge";

type Table = { [event: string]: Handler[] };

const tables: { [connectionId: string]: Table } = {};

function connection(connectionId: string) {
  tables[connectionId] = { message: [], close: [], error: [] };
  const adder = (event: string) => (handler: Handler) => subscribe(tables[connectionId]?.[event] || [], handler);
  return {
    connectionId,
    send: (data: unknown) => rpc("network.wsSend", { connectionId, data }),
    close: () =>
      rpc("network.wsClose", { connectionId }).then(() => {
        delete tables[connectionId];
      }),
    onMessage: adder("message"),
    onClose: adder("close"),
    onError: adder("error"),
  };
}

expose("__pushWsEvent", (message) => {
  try {
    const { connectionId, event, data } = read(message);
    const list = tables[connectionId]?.[event];
    if (!list) return;
    for (let i = 0; i < list.length; i++) {
      try {
        list[i]!(data);
      } catch {
        // Nobody hears of it.
      }
    }
  } catch {
    // Nor of this.
  }
});

export const network = {
  fetch: (url: string, options: any = {}) =>
    rpc("network.fetch", {
      url,
      method: options.method || "GET",
      headers: options.headers || {},
      body: options.body || null,
      responseType: options.responseType || "text",
    }),
  downloadToFile: (url: string, destUri: string, options: any = {}) =>
    rpc("network.downloadToFile", { url, destUri, headers: options.headers || {} }),
  createWebSocket: (url: string, options?: { headers?: object }) =>
    rpc("network.wsConnect", options && options.headers ? { url, headers: options.headers } : { url }).then((answer) =>
      connection(answer.connectionId),
    ),
};
