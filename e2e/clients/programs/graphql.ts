// graphql-ws: queries, mutations and subscriptions over one socket, and
// subscriptions that live through the loss of their server.
import { onLoad } from "@srcnexus/ext-sdk";
import { createClient } from "graphql-ws";
import { address, kill, restart } from "../server";

onLoad(async () => {
	const url = `ws://${await address()}/graphql`;
	await refused(url);

	const client = createClient({
		url,
		connectionParams: { token: "let me in" },
		retryAttempts: 100,
		retryWait: () => new Promise((resolve) => setTimeout(resolve, 20)),
		shouldRetry: () => true,
		on: { connected: (_socket, _payload, again) => console.log(again ? "connected again" : "connected") },
	});
	const all = async (query: string, variables?: Record<string, unknown>) => {
		const seen: string[] = [];
		for await (const result of client.iterate({ query, variables })) seen.push(result.errors?.map((e) => e.message).join() ?? JSON.stringify(result.data));
		return seen.join(" ");
	};

	console.log(await all("query ($name: String!) { greet(name: $name) }", { name: "ünï😀" }));
	console.log(await all("subscription { count(from: 3) }"));
	console.log(await all("{ secret }"));
	console.log(await all("subscription { breaks }").catch(messages));
	console.log(await all("{ noSuchField }").catch(messages));

	const posts = client.iterate<{ posts: string }>({ query: "subscription { posts }" });
	const first = posts.next();
	console.log(await all("mutation ($text: String!) { post(text: $text) }", { text: "one" }));
	console.log(JSON.stringify((await first).value));
	await posts.return?.();

	await through(client);
	await client.dispose();
	console.log("disposed");
});

/** A subscription that goes on with the next server. */
async function through(client: ReturnType<typeof createClient>): Promise<void> {
	const runs = client.iterate<{ run: number }>({ query: "subscription { run }" });
	console.log(JSON.stringify((await runs.next()).value));
	const lost = new Promise<CloseEvent>((resolve) => client.on("closed", (event) => resolve(event as CloseEvent)));
	await kill();
	const { code, wasClean } = await lost;
	console.log("lost", code, wasClean);
	const next = runs.next();
	const query = client.iterate({ query: `{ greet(name: "patience") }` }).next(); // asked while there is no server
	await restart();
	console.log(JSON.stringify((await next).value), JSON.stringify((await query).value));
	await runs.return?.();
}

/** A server that doesn't know us says so with a close code. */
async function refused(url: string): Promise<void> {
	const stranger = createClient({ url, retryAttempts: 0 });
	await stranger.iterate({ query: "{ secret }" }).next().catch((event) => console.log("refused", event.code, event.reason));
}

const messages = (errors: unknown): string => (Array.isArray(errors) ? errors.map((e) => e.message).join() : String(errors));
