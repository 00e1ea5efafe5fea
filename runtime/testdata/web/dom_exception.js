import { equal, test, testNotNode } from "./harness.js";

test("Web IDL 3.14: name, message and code", () => {
  const error = new DOMException("m", "AbortError");
  equal([error.name, error.message, error.code, String(error), error instanceof Error], ["AbortError", "m", 20, "AbortError: m", true]);
  equal([new DOMException().name, new DOMException().message, new DOMException("m", "None").code], ["Error", "", 0]);
});

test("Web IDL 3.14: constants", () => {
  equal([DOMException.INDEX_SIZE_ERR, DOMException.DATA_CLONE_ERR, DOMException.prototype.SYNTAX_ERR], [1, 25, 12]);
  equal(Object.getOwnPropertyDescriptor(DOMException, "ABORT_ERR").writable, false);
});

test("Web IDL 4.4: every name with a code", () => {
  const names = { IndexSizeError: 1, InvalidCharacterError: 5, NotFoundError: 8, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24 };
  for (const [name, code] of Object.entries(names)) equal(new DOMException("", name).code, code);
});

test("it has a stack", () => equal(/dom_exception\.js/.test(new DOMException("m", "AbortError").stack), true));

testNotNode("name and cause as options", () => {
  const error = new DOMException("m", { name: "DataError", cause: 5 });
  equal([error.name, error.cause], ["DataError", 5]);
});
