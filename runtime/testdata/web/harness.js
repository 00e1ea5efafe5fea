// The least that tests need. It runs in extrun, in Node.js and in Deno, so that these can show that
// the tests themselves are right: node runtime/testdata/web/all.js

const tests = [];

const isDeno = globalThis.Deno !== undefined;

/** Whether Node.js runs this: it leaves the standard in a few places, and lacks what is newer than it. */
export const isNode = !isDeno && globalThis.process?.versions?.node !== undefined;

const runtime = isDeno ? "deno" : isNode ? "node" : "extrun";

/** How long a test may take, in ms, and one that is to fail. */
const patience = 20_000;
const shortPatience = 1000;

/** Adds a test; it may be async. */
export function test(name, run) {
  if (tests.push({ name, run }) === 1) setTimeout(runAll, 0);
}

/** Adds a test that Node.js 20 is known to fail. */
export function testNotNode(name, run) {
  if (!isNode) test(name, run);
}

/**
 * Adds a test of what some runtimes leave the standard in: `except` says for each of them, by its
 * name, what it does instead. There the test must fail; in all others it must pass.
 */
export function testExcept(except, name, run) {
  if (except[runtime] === undefined) return test(name, run);
  test(name, async () => {
    try {
      await bounded(run, shortPatience);
    } catch {
      return;
    }
    throw new Error(runtime + " is said to leave the standard here, but passes the test: " + except[runtime]);
  });
}

/**
 * Adds a test of what depends on the moment on some runtimes, which `except` describes as above:
 * there it isn't run.
 */
export function testSteady(except, name, run) {
  if (except[runtime] === undefined) test(name, run);
}

async function runAll() {
  let failed = 0;
  for (const { name, run } of tests) {
    try {
      await wait(0); // a turn of its own: the host ends those that are too long
      await bounded(run, patience);
    } catch (error) {
      failed++;
      console.log("FAIL " + name + ": " + (error?.stack ?? error));
    }
  }
  console.log(tests.length + " tests, " + failed + " failed");
  // A test that fails may leave behind what keeps the process alive.
  if (runtime !== "extrun") process.exit(failed > 0 ? 1 : 0);
}

/** Runs a test, but doesn't wait for it for ever. */
async function bounded(run, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("not done after " + ms + " ms")), ms);
  });
  try {
    await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
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
