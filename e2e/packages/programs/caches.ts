// A cache, a queue, and immutable state.
import equal from "fast-deep-equal";
import { enablePatches, produce, produceWithPatches } from "immer";
import { LRUCache } from "lru-cache";
import PQueue from "p-queue";

const dropped: string[] = [];
const cache = new LRUCache<string, { size: number }>({ maxSize: 10, sizeCalculation: (value) => value.size, dispose: (_, key, reason) => dropped.push(`${key} ${reason}`) });
for (const [key, size] of [["a", 4], ["b", 4], ["c", 4]] as const) cache.set(key, { size });
cache.set("b", { size: 1 });
console.log([...cache.keys()].join(), dropped.join(), cache.calculatedSize, cache.has("a"));
console.log(await new LRUCache<string, number>({ max: 2, fetchMethod: async (key) => key.length }).fetch("three"));

const queue = new PQueue({ concurrency: 2 });
let running = 0;
let most = 0;
const results = await queue.addAll([30, 10, 20].map((ms) => async () => {
	most = Math.max(most, ++running);
	await new Promise((resolve) => setTimeout(resolve, ms / 10));
	running--;
	return ms;
}));
console.log(results.join(), most);

enablePatches();
const before = { open: ["main.ts"], dirty: new Set<string>(), byName: new Map([["main.ts", { line: 1 }]]) };
const [after, patches] = produceWithPatches({ open: ["a"], position: { line: 1 } }, (draft) => {
	draft.open.push("b");
	draft.position.line = 7;
});
console.log(JSON.stringify(after), JSON.stringify(patches));
const next = produce({ ...before, dirty: undefined, byName: undefined }, (draft) => { draft.open.unshift("new.ts"); });
console.log(next.open.join(), before.open.join(), Object.isFrozen(next.open));
console.log(equal({ a: [1, { b: new Date(5) }] }, { a: [1, { b: new Date(5) }] }), equal([1], ["1"]));
