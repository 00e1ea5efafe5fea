// @nats-io/nats-core: subjects, requests, queue groups and headers over one
// socket, and subscriptions that live through the loss of their server.
import { onLoad } from "@srcnexus/ext-sdk";
import { headers, wsconnect, type Msg, type NatsConnection } from "@nats-io/nats-core";
import { address, kill, restart } from "../server";

onLoad(async () => {
	const servers = `ws://${await address()}`;
	const settings = { servers, reconnectTimeWait: 20, reconnectJitter: 0, maxReconnectAttempts: -1 };
	const [one, two] = await Promise.all([wsconnect(settings), wsconnect(settings)]);

	await subjects(one, two);
	await requests(one, two);
	await workers(one, two);
	await through(one, two);
	await Promise.all([one.drain(), two.drain()]);
	console.log("drained", one.isClosed(), two.isClosed());
});

/** Text, bytes and headers, by wildcards. */
async function subjects(one: NatsConnection, two: NatsConnection): Promise<void> {
	const greetings = one.subscribe("greet.*", { max: 3 });
	await one.flush();
	const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
	const with_ = headers();
	with_.set("Language", "français");
	two.publish("greet.text", "ünï😀");
	two.publish("greet.bytes", bytes);
	two.publish("greet.headers", "salut", { headers: with_ });
	two.publish("greet.too.deep", "not for us");
	for await (const m of greetings) {
		if (m.subject === "greet.bytes") console.log(m.subject, m.data.length, m.data.every((byte, i) => byte === i));
		else console.log(m.subject, m.string(), m.headers?.get("Language") ?? "-");
	}
}

async function requests(one: NatsConnection, two: NatsConnection): Promise<void> {
	const sums = one.subscribe("add", {
		callback: (_, m) => {
			const [a, b] = m.json<number[]>();
			m.respond(JSON.stringify(a + b));
		},
	});
	await one.flush();
	console.log((await two.request("add", "[2, 3]", { timeout: 5000 })).json());
	await two.request("nobody", "", { timeout: 5000 }).catch((err) => console.log(err.message));
	sums.unsubscribe();
}

/** A queue group, in which each message is for one of its members. */
async function workers(one: NatsConnection, two: NatsConnection): Promise<void> {
	const seen: string[] = [];
	let done = (): void => {};
	const all = new Promise<void>((resolve) => { done = resolve; });
	const callback = (_: Error | null, m: Msg): void => {
		if (seen.push(m.string()) === 20) done();
	};
	const group = [one, two].map((connection) => connection.subscribe("jobs", { queue: "workers", callback }));
	await Promise.all([one.flush(), two.flush()]);
	for (let n = 0; n < 20; n++) one.publish("jobs", String(n));
	await all;
	await Promise.all([one.flush(), two.flush()]);
	console.log(seen.length, new Set(seen).size);
	group.forEach((subscription) => subscription.unsubscribe());
}

/** A subscription that goes on with the next server. */
async function through(one: NatsConnection, two: NatsConnection): Promise<void> {
	const subscription = one.subscribe("news");
	const news = subscription[Symbol.asyncIterator]();
	await one.flush();
	two.publish("news", "before");
	console.log((await news.next()).value.string());
	const lost = [one, two].map((connection) => status(connection, "disconnect"));
	const back = [one, two].map((connection) => status(connection, "reconnect"));
	await kill();
	await Promise.all(lost);
	console.log("lost");
	await restart();
	await Promise.all(back);
	await one.flush();
	two.publish("news", "after");
	console.log((await news.next()).value.string());
	subscription.unsubscribe();
}

/** Waits for a change of a connection's state. */
async function status(connection: NatsConnection, type: string): Promise<void> {
	for await (const change of connection.status()) if (change.type === type) return;
}
