// The two halves of the programs that share a document by y-websocket.
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { address, kill, meet, restart } from "./server";

/** What one of the two does. Both have to see the same in the end. */
export async function share(name: "left" | "right"): Promise<void> {
	const doc = new Y.Doc();
	doc.clientID = name === "left" ? 1 : 2; // decides what comes first where both write at the same place
	const provider = new WebsocketProvider(`ws://${await address()}`, "notes", doc, { maxBackoffTime: 100 });
	await until(provider, "sync", () => provider.synced);
	await meet("synced");

	await online(name, doc, provider);
	await offline(name, doc, provider);
	await meet("done");
	provider.destroy();
	doc.destroy();
}

/** Edits arrive as they are made, and everybody knows who is there. */
async function online(name: string, doc: Y.Doc, provider: WebsocketProvider): Promise<void> {
	const text = doc.getText("text");
	const { awareness } = provider;
	awareness.setLocalStateField("user", { name });
	text.insert(0, `${name} ünï😀. `);
	doc.getMap("seen").set(name, new Uint8Array([0, 255]));
	const users = (): string[] => [...awareness.getStates().values()].map((state) => state.user?.name ?? "").sort();
	await until(doc, "update", () => doc.getMap("seen").size === 2 && text.length > 20);
	await until(awareness, "change", () => users().join() === "left,right");
	console.log(users().join(), text.toString(), ["left", "right"].map((side) => doc.getMap<Uint8Array>("seen").get(side)!.join()).join(" "));
	await meet("online");
}

/** Edits that are made without a server are merged by the next. */
async function offline(name: string, doc: Y.Doc, provider: WebsocketProvider): Promise<void> {
	const lines = doc.getArray<string>("lines");
	const lost = until(provider, "status", () => !provider.wsconnected);
	if (name === "left") await kill();
	await lost;
	lines.push([`${name} offline`]);
	provider.awareness.setLocalStateField("user", { name: `${name} again` }); // what is as before is not taken for news
	doc.getText("text").delete(0, 1);
	console.log("lost", lines.toJSON().join(), provider.awareness.getStates().size);
	await meet("offline");
	if (name === "left") await restart();
	await until(doc, "update", () => lines.length === 2);
	await until(provider.awareness, "change", () => provider.awareness.getStates().size === 2);
	console.log("merged", lines.toJSON().join(), doc.getText("text").toString());
}

interface Events {
	on(event: string, listener: () => void): void;
	off(event: string, listener: () => void): void;
}

/** Waits for a condition, which one of the source's events makes true. */
function until(source: unknown, event: string, condition: () => boolean): Promise<void> {
	const events = source as Events;
	return new Promise((resolve) => {
		const look = (): void => {
			if (!condition()) return;
			events.off(event, look);
			resolve();
		};
		events.on(event, look);
		look();
	});
}
