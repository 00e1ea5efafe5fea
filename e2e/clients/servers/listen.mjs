// What every server here has in common: it serves on this machine only, says
// where, and ends when the test does.
import { createServer } from "node:http";

const [port, run] = process.argv.slice(2).map(Number);

/** How often this server was started before, and this time. */
export { run };

/** An HTTP server that listens once it is asked to. */
export const http = createServer((_request, response) => response.writeHead(404).end());

/** Listens on the port that the test has asked for, 0 for any, and says which it is. */
export function listen() {
	http.listen(port, "127.0.0.1", () => console.log(`127.0.0.1:${http.address().port}`));
}

process.stdin.on("end", () => process.exit()).resume();
