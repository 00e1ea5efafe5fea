import { equal, test, testNotNode, throws } from "./harness.js";

test("Web Crypto 10.1.1: getRandomValues", () => {
  for (const Type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array]) {
    const array = new Type(64);
    equal(crypto.getRandomValues(array) === array, true);
    equal(array.some((x) => x != 0), true);
  }
  const part = new Uint8Array(100).subarray(10, 60);
  crypto.getRandomValues(part);
  equal([new Uint8Array(part.buffer).slice(0, 10).every((x) => x === 0), part.some((x) => x !== 0), new Uint8Array(part.buffer).slice(60).every((x) => x === 0)], [true, true, true]);
  equal(crypto.getRandomValues(new Uint8Array(65_536)).length, 65_536);
  equal(throws("QuotaExceededError", () => crypto.getRandomValues(new Uint8Array(65_537))).code, 22);
  throws("QuotaExceededError", () => crypto.getRandomValues(new Uint32Array(16_385)));
  for (const wrong of [new Float32Array(1), new Float64Array(1), new DataView(new ArrayBuffer(1))]) throws("TypeMismatchError", () => crypto.getRandomValues(wrong));
});

testNotNode("Web Crypto 10.1.1: what is no view", () => {
  throws("TypeError", () => crypto.getRandomValues());
  throws("TypeError", () => crypto.getRandomValues([1]));
  throws("TypeError", () => crypto.getRandomValues(new ArrayBuffer(1)));
});

test("Web Crypto 10.1.2: randomUUID", () => {
  const ids = new Set(Array.from({ length: 100 }, () => crypto.randomUUID()));
  equal(ids.size, 100);
  for (const id of ids) equal(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id), true);
});

test("Web Crypto 10: no constructor", () => {
  throws("TypeError", () => new Crypto());
  equal([crypto instanceof Crypto, String(crypto)], [true, "[object Crypto]"]);
});

testNotNode("there is no subtle", () => equal(crypto.subtle, undefined));
