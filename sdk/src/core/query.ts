/** Questions to the host that it answers at once. */

import { send } from "./host";

/** Asks the host. Throws what the host throws. */
export function query(method: string, params: object): unknown {
  return send("query", { method, params });
}
