// The published SDK tells no codes and knows no bytes.
import { network, onLoad } from "@srcnexus/ext-sdk";
import { rpc } from "./bridge";

const lab = (method, params) => rpc("lab." + method, params);
const dataOf = (message) => (message.binary ? { base64: message.data } : { data: message.data });

/** The codes that errors have in the built-in SDK, by their words. */
const words = [
  [/^Too many WebSocket connections/, "ERR_LIMIT"],
  [/: blocked: /, "ERR_URL_BLOCKED"],
  [/ is not open$| ended before the message was sent$/, "ERR_CLOSED"],
  [/ bytes waiting: /, "ERR_BUFFER_FULL"],
  [/given up|deactivated/, "ERR_ABORTED"],
  [/^send: |must be/, "ERR_INVALID_DATA"],
  [/answered|not a WebSocket server|handshake|redirect/, "ERR_HANDSHAKE"],
  [/connect|connection/, "ERR_CONNECT"],
];
const codeOf = (error) => words.find(([word]) => word.test(error.message))?.[1] ?? error.message;
