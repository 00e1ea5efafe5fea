// The least that tests need. It runs in extrun and in Node.js, so that Node.js can show that the
// tests themselves are right: node runtime/testdata/web/all.js

const tests = [];

/** Whether Node.js runs this: it leaves the standard in a few places, and lacks what is newer than it. */
export const isNode = globalThis.process?.versions?.node !== undefined;

/** Adds a test; it may be async. */
export function test(name, run) {
  if (tests.push({ name, run }) === 1) setTimeout(runAll, 0);
}

/** Adds a test that Node.js 20 is known to fail. */
export function testNotNode(name, run) {
  if (!isNode) test(name, run);
}

async function runAll() {
  let failed = 0;
  for (const { name, run } of tests) {
    try {
      await run();
    } catch (error) {
      failed++;
      console.log("FAIL " + name + ": " + (error?.stack ?? error));
    }
  }
  console.log(tests.length + " tests, " + failed + " failed");
  if (isNode && failed > 0) process.exitCode = 1;
}

const text = (value) => {
  if (typeof value === "string") return JSON.stringify(value);
  if (Object.is(value, -0)) return "-0";
  if (ArrayBuffer.isView(value)) return value.constructor.name + "[" + Array.prototype.join.call(value) + "]";
  if (Array.isArray(value)) return "[" + value.map(text).join(", ") + "]";
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype ? JSON.stringify(value) : String(value);
};

/** The two are the same; arrays and plain objects if what is in them is. */
export function equal(got, want) {
  if (text(got) !== text(want)) throw new Error("got " + text(got) + ", want " + text(want));
}

/** The function throws an error of that name. */
export function throws(name, run) {
  let thrown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) throw new Error("nothing was thrown, want " + name);
  if (thrown?.name !== name) throw new Error("got " + thrown + ", want " + name);
  if (/Error$/.test(name) && globalThis[name] === undefined && !(thrown instanceof DOMException)) throw new Error("want a DOMException");
  return thrown;
}

/** Resolves after some milliseconds. */
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
