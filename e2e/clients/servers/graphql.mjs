// A GraphQL server as graphql-ws makes one, on ws.
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { http, listen, run } from "./listen.mjs";

const schema = buildSchema(`
	type Query { greet(name: String!): String!, secret: String }
	type Mutation { post(text: String!): Int! }
	type Subscription { count(from: Int!): Int!, posts: String!, run: Int!, breaks: Int! }
`);

const readers = new Set();
const posted = [];

const roots = {
	query: {
		greet: ({ name }) => `hello ${name}`,
		secret: () => { throw new Error("nobody may see this"); },
	},
	mutation: {
		post({ text }) {
			for (const write of readers) write(text);
			return posted.push(text);
		},
	},
	subscription: {
		async *count({ from }) {
			for (let count = from; count >= 0; count--) yield { count };
		},
		posts: () => stream((write) => {
			posted.forEach(write);
			readers.add(write);
			return () => readers.delete(write);
		}, "posts"),
		run: () => stream((write) => write(run), "run"),
		async *breaks() {
			yield { breaks: 1 };
			throw new Error("broken in the middle");
		},
	},
};

/** A subscription without an end, fed by write. */
function stream(feed, field) {
	const waiting = [];
	let wake;
	const end = feed((value) => {
		waiting.push(value);
		wake?.();
	});
	return {
		async next() {
			while (waiting.length === 0) await new Promise((resolve) => { wake = resolve; });
			return { value: { [field]: waiting.shift() }, done: false };
		},
		async return() {
			end?.();
			return { value: undefined, done: true };
		},
		[Symbol.asyncIterator]() { return this; },
	};
}

const sockets = new WebSocketServer({ server: http, path: "/graphql" });
useServer({ schema, roots, onConnect: ({ connectionParams }) => connectionParams?.token === "let me in" }, sockets);
listen();
