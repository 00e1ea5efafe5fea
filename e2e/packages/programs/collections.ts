// Lodash in both of its forms, and a small schema library.
import { chunk, cloneDeep, groupBy, merge, orderBy, throttle } from "lodash-es";
import lodash from "lodash";
import * as v from "valibot";

console.log(JSON.stringify(chunk([1, 2, 3, 4, 5], 2)), JSON.stringify(groupBy(["one", "two", "three"], "length")));
console.log(JSON.stringify(orderBy([{ a: 1, b: 2 }, { a: 2, b: 1 }, { a: 1, b: 1 }], ["a", "b"], ["desc", "asc"])));
const original = { list: [new Date(0), /x/g, new Map([[1, { deep: true }]])], typed: new Uint8Array([1, 2]) };
const copy = cloneDeep(original);
console.log(lodash.isEqual(copy, original), copy.list[2] !== original.list[2], JSON.stringify(merge({ a: { b: 1 } }, { a: { c: 2 } })));
let calls = 0;
const throttled = throttle(() => ++calls, 10, { trailing: true });
for (let i = 0; i < 5; i++) throttled();
await new Promise((resolve) => setTimeout(resolve, 40));
console.log(calls, lodash.template("Hello <%= name %>!")({ name: "Ada" }));
console.log(lodash.kebabCase("XMLHttpRequest fünf"), lodash.deburr("déjà vu"), lodash.words("naïve 😀 test").join("|"), lodash.truncate("a long sentence", { length: 9 }));
console.log(lodash.chain([3, 1, 2]).sortBy().map((n: number) => n * n).reverse().value().join());

const Login = v.object({ email: v.pipe(v.string(), v.email()), age: v.optional(v.pipe(v.number(), v.minValue(18)), 18) });
console.log(JSON.stringify(v.parse(Login, { email: "a@b.org" })), v.safeParse(Login, { email: "x", age: 3 }).issues?.map((issue) => issue.message).join(" / "));
