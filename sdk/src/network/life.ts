/** What the host tells about a connection that it has opened. */

import type { ConnectParams } from "./options";

export interface Life {
  readonly connectionId: string;
  readonly url: string;
  readonly protocol: string;
}

/** Reads the reply of network.wsConnect. */
export function lifeOf(reply: unknown, params: ConnectParams): Life {
  const { connectionId, url, protocol } = (reply ?? {}) as { [name: string]: unknown };
  return {
    connectionId: typeof connectionId === "string" ? connectionId : String(connectionId),
    url: typeof url === "string" ? url : params.url,
    protocol: typeof protocol === "string" ? protocol : "",
  };
}
