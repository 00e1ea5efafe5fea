import { equal, test, testNotNode, throws } from "./harness.js";

const pairs = (headers) => [...headers].map(([name, value]) => name + ": " + value);

test("Fetch 5.1: new Headers(init): nothing, a record, pairs, other headers", () => {
  equal(pairs(new Headers()), []);
  equal(pairs(new Headers(undefined)), []);
  equal(pairs(new Headers({ B: "2", a: 1 })), ["a: 1", "b: 2"]);
  equal(pairs(new Headers([["b", "2"], ["A", "1"], ["b", "3"]])), ["a: 1", "b: 2, 3"]);
  equal(pairs(new Headers(new Headers({ x: "y" }))), ["x: y"]);
  equal(pairs(new Headers(new Map([["k", "v"]]))), ["k: v"]);
  equal(pairs(new Headers(new URLSearchParams("q=1"))), ["q: 1"]);
});

test("Web IDL 3.2.17, 3.2.21: what headers can't be made of", () => {
  for (const wrong of [null, 5, "a: b", true]) throws("TypeError", () => new Headers(wrong));
  for (const wrong of [["ab"], [["a"]], [["a", "b", "c"]], [5], [null]]) throws("TypeError", () => new Headers(wrong));
  throws("TypeError", () => new Headers({ [Symbol("s")]: "x" }));
  throws("TypeError", () => new Headers({ [Symbol.iterator]: 5 }));
  throws("TypeError", () => Headers());
});

testNotNode("Web IDL 3.2.17: a record has the enumerable properties of its own only", () => {
  const init = Object.create({ inherited: "no" }, { hidden: { value: "no" }, own: { value: "yes", enumerable: true } });
  equal(pairs(new Headers(init)), ["own: yes"]);
});

test("Fetch 5.1, fill: an error leaves nothing half made", () => {
  const error = new Error("mine");
  let thrown;
  try { new Headers({ get a() { throw error; } }); } catch (e) { thrown = e; }
  equal(thrown === error, true);
});

test("Web IDL 3.2.12: ByteString: units above U+00FF are refused, below they are kept", () => {
  for (const text of ["\u0100", "€", "\ud800", "😀"]) {
    throws("TypeError", () => new Headers([["a", text]]));
    throws("TypeError", () => new Headers([[text, "a"]]));
    throws("TypeError", () => new Headers().get(text));
  }
  equal(new Headers([["a", "caf\xe9"]]).get("a"), "caf\xe9");
  throws("TypeError", () => new Headers([["a", Symbol()]]));
});

test("Fetch 2.2.2: header names are tokens", () => {
  const headers = new Headers();
  for (const name of ["", " ", "a b", "a:", "a\n", "a\0", "(a)", "a,b", "\xe9", "a/b", "[a]", "a=b", "\"a\""]) {
    throws("TypeError", () => headers.append(name, "x"));
    throws("TypeError", () => headers.set(name, "x"));
    throws("TypeError", () => headers.get(name));
    throws("TypeError", () => headers.has(name));
    throws("TypeError", () => headers.delete(name));
  }
  for (const name of ["!#$%&'*+-.^_`|~09azAZ", "x"]) headers.append(name, "v");
});

test("Fetch 2.2.2: header values: NUL, CR and LF are refused, so nothing can be injected", () => {
  const headers = new Headers();
  for (const value of ["a\r\nX: y", "a\nb", "a\rb", "a\0b", "\0"]) {
    throws("TypeError", () => headers.append("a", value));
    throws("TypeError", () => headers.set("a", value));
    throws("TypeError", () => new Headers({ a: value }));
  }
  equal(pairs(headers), []);
});

test("Fetch 2.2.2, normalize: blanks around a value go", () => {
  const headers = new Headers({ a: " \t\r\n x y \n\r\t " });
  headers.append("b", "  ");
  headers.set("c", "\x0bx\x0b");
  equal([headers.get("a"), headers.get("b"), headers.get("c")], ["x y", "", "\x0bx\x0b"]);
});

test("Fetch 5.1, append, get: values are combined, names don't depend on case", () => {
  const headers = new Headers();
  headers.append("Accept", "a");
  headers.append("ACCEPT", "b");
  headers.append("accept", "");
  equal([headers.get("aCCept"), headers.get("none"), headers.has("ACCEPT"), headers.has("none")], ["a, b, ", null, true, false]);
});

test("Fetch 5.1, set: takes the place of the first, and removes the others", () => {
  const headers = new Headers([["a", "1"], ["b", "2"], ["A", "3"]]);
  headers.set("a", "4");
  headers.set("c", "5");
  equal(pairs(headers), ["a: 4", "b: 2", "c: 5"]);
});

test("Fetch 5.1, delete", () => {
  const headers = new Headers([["a", "1"], ["A", "2"], ["b", "3"]]);
  equal([headers.delete("A"), headers.delete("none")], [undefined, undefined]);
  equal(pairs(headers), ["b: 3"]);
});

test("Fetch 5.1, getSetCookie: each by itself, in order", () => {
  const headers = new Headers([["Set-Cookie", "a=1, 2"], ["x", "y"], ["set-cookie", "b=3"]]);
  equal(headers.getSetCookie(), ["a=1, 2", "b=3"]);
  equal(headers.get("set-cookie"), "a=1, 2, b=3");
  equal(new Headers().getSetCookie(), []);
});

test("Fetch 2.2.2, sort and combine: by name, cookies not combined", () => {
  const headers = new Headers([["set-cookie", "b=1"], ["z", "1"], ["a", "2"], ["Set-Cookie", "a=2"], ["Z", "3"]]);
  equal(pairs(headers), ["a: 2", "set-cookie: b=1", "set-cookie: a=2", "z: 1, 3"]);
  equal([[...headers.keys()], [...headers.values()]], [["a", "set-cookie", "set-cookie", "z"], ["2", "b=1", "a=2", "1, 3"]]);
});

test("Web IDL 3.7.9: iterating is by position, and sees what changes meanwhile", () => {
  const headers = new Headers([["b", "1"], ["c", "2"]]);
  const seen = [];
  for (const [name] of headers) {
    seen.push(name);
    if (name === "b") headers.append("d", "3");
    if (seen.length > 10) break;
  }
  equal(seen, ["b", "c", "d"]);
  const iterator = headers.entries();
  iterator.next();
  headers.delete("b");
  equal(iterator.next().value, ["d", "3"]);
  equal(iterator.next().done, true);
});

test("Web IDL 3.7.9.2: iterators", () => {
  const headers = new Headers({ a: "1" });
  const iterator = headers[Symbol.iterator]();
  equal([headers[Symbol.iterator] === headers.entries, iterator[Symbol.iterator]() === iterator], [true, true]);
  equal(Object.prototype.toString.call(iterator), "[object Headers Iterator]");
  throws("TypeError", () => iterator.next.call({}));
});

test("Web IDL 3.7.9: forEach: value, name, headers, and this", () => {
  const headers = new Headers({ b: "2", a: "1" });
  const got = [];
  headers.forEach(function (value, name, owner) { got.push(value, name, owner === headers, this.x); }, { x: 7 });
  equal(got, ["1", "a", true, 7, "2", "b", true, 7]);
  throws("TypeError", () => headers.forEach());
  throws("TypeError", () => headers.forEach(5));
});

test("Web IDL 3.6: too few arguments", () => {
  const headers = new Headers();
  for (const run of [() => headers.append("a"), () => headers.set("a"), () => headers.get(), () => headers.has(), () => headers.delete()]) throws("TypeError", run);
});

test("Fetch 5.1: guards: headers of requests and responses of one's own can be changed, of others not", () => {
  const request = new Request("http://h/", { headers: { a: "1" } });
  request.headers.set("a", "2");
  const response = new Response(null, { headers: { "set-cookie": "a=1" } });
  response.headers.append("set-cookie", "b=2");
  equal([request.headers.get("a"), response.headers.getSetCookie()], ["2", ["a=1", "b=2"]]);
  for (const { headers } of [Response.error(), Response.redirect("http://h/")]) {
    throws("TypeError", () => headers.append("a", "b"));
    throws("TypeError", () => headers.set("a", "b"));
    throws("TypeError", () => headers.delete("a"));
  }
});

testNotNode("Fetch 5.1, delete: the guard is asked even where there is nothing", () => throws("TypeError", () => Response.error().headers.delete("none")));

test("attributes of a subclass", () => {
  class Own extends Headers {
    get(name) { return "own " + super.get(name); }
  }
  equal([new Own({ a: "1" }).get("a"), new Headers(new Own({ a: "1" })).get("a")], ["own 1", "1"]);
});
