// An extension as its author writes one today: TypeScript, with packages for
// what the platform leaves to them. It runs against the echo server.
import { network, onDispose, onLoad } from "@srcnexus/ext-sdk";
import EventEmitter from "eventemitter3";
import { LRUCache } from "lru-cache";
import { nanoid } from "nanoid";
import PQueue from "p-queue";
import { z } from "zod";

const Edit = z.object({ id: z.string().length(21), line: z.number().int().positive(), text: z.string() });
type Edit = z.infer<typeof Edit>;

class Channel extends EventEmitter<{ edit: [edit: Edit]; refused: [reason: string] }> {
	readonly #pending = new LRUCache<string, Edit>({ max: 100 });
	readonly #outgoing = new PQueue({ concurrency: 1 });

	static async open(url: string): Promise<Channel> {
		const channel = new Channel();
		const ws = await network.createWebSocket(url);
		ws.onMessage(({ data }) => channel.#take(data));
		channel.#write = (data) => ws.send(data);
		channel.close = () => channel.#outgoing.onIdle().then(() => ws.close(1000, "done"));
		return channel;
	}

	#write: (data: object | string) => Promise<unknown> = async () => {};
	close: () => Promise<unknown> = async () => {};

	edit(line: number, text: string): Promise<unknown> {
		const edit = { id: nanoid(), line, text };
		this.#pending.set(edit.id, edit);
		return this.#outgoing.add(() => this.#write(edit));
	}

	raw(text: string): Promise<unknown> {
		return this.#outgoing.add(() => this.#write(text));
	}

	#take(data: string): void {
		const result = Edit.safeParse(JSON.parse(data));
		if (!result.success) {
			this.emit("refused", z.prettifyError(result.error));
		} else if (this.#pending.delete(result.data.id)) {
			this.emit("edit", result.data);
		}
	}
}

onLoad(async () => {
	const channel = await Channel.open("wss://echo.websocket.org");
	channel.on("edit", ({ line, text }) => console.log(`${line}: ${text}`));
	const refused = new Promise<void>((resolve) => channel.once("refused", (reason) => { console.log(reason); resolve(); }));
	await Promise.all(["const", "let", "ünï😀"].map((text, i) => channel.edit(i + 1, text)));
	await channel.raw(`{"id": "short", "line": 0, "text": 5}`);
	await refused;
	await channel.close();
	console.log("closed");
});

onDispose(() => console.log("disposed"));
