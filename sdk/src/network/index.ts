/** `network`: connections to other machines. */

import { createWebSocket } from "./connect";

export const network = { createWebSocket };
