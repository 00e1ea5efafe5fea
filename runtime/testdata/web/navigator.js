import { equal, testNotNode } from "./harness.js";

testNotNode("HTML 8.10.1.1: navigator.userAgent, which names nobody else", () => {
  equal([typeof navigator.userAgent, /Mozilla|Node|Deno|Bun/.test(navigator.userAgent)], ["string", false]);
});

testNotNode("HTML 8.10.1.2: navigator.language is the first of navigator.languages, which stays the same and is frozen", () => {
  equal([navigator.language, navigator.languages === navigator.languages, Object.isFrozen(navigator.languages)], [navigator.languages[0], true, true]);
  equal(/^[a-z]{2}(-[A-Z]{2})?$/.test(navigator.language), true);
});

testNotNode("HTML 8.10.1.3, 10.2.8: navigator.onLine and navigator.hardwareConcurrency", () => {
  equal([navigator.onLine, navigator.hardwareConcurrency >= 1], [true, true]);
});

testNotNode("HTML 8.10.1: what would make packages take this for something else is absent", () => {
  equal(["product", "vendor", "appVersion", "serviceWorker"].filter((name) => name in navigator), []);
});
