import { equal, test, testNotNode, throws } from "./harness.js";

const made = (init) => new URLSearchParams(init).toString();

test("URL 6.2: the constructor", () => {
  equal([made(), made(undefined), made("?a=1&&b&=c"), made("??a"), made(5)], ["", "", "a=1&b=&=c", "%3Fa=", "5="]);
  equal([made([["a", 1], ["b", undefined]]), made({ a: 1, b: [2, 3] }), made(new Map([["x", "y"]])), made(new URLSearchParams("q=r"))], ["a=1&b=undefined", "a=1&b=2%2C3", "x=y", "q=r"]);
  equal([made({}), made([]), made([new Set(["a", "b"])]), made(Object.create({ inherited: 1 }))], ["", "", "a=b", ""]);
  throws("TypeError", () => made([["a"]]));
  throws("TypeError", () => made([["a", "b", "c"]]));
  throws("TypeError", () => made(["ab", 5]));
  throws("TypeError", () => made({ [Symbol()]: 1 }));
  throws("TypeError", () => made(Symbol()));
  throws("TypeError", () => made({ [Symbol.iterator]: 5 }));
});

test("URL 5.1: parsing", () => {
  const parsed = (query) => [...new URLSearchParams(query)];
  equal(parsed("a+b=%20c%2B&%zz=%&=&x=1=2"), [["a b", " c+"], ["%zz", "%"], ["", ""], ["x", "1=2"]]);
  equal(parsed("%FF=%C3%A4&%E2%82=%F0%9F%98%80"), [["\ufffd", "ä"], ["\ufffd", "😀"]]);
  equal(parsed("%ef%bb%bfa=b"), [["\ufeffa", "b"]]);
  equal(parsed("\ud800"), [["\ufffd", ""]]);
});

test("URL 5.2: serialising", () => {
  equal(made([["a b", "*-._~!'()"], ["ä😀", "\u0000\n\ud800"]]), "a+b=*-._%7E%21%27%28%29&%C3%A4%F0%9F%98%80=%00%0A%EF%BF%BD");
});

test("URL 6.2: get, getAll, has, delete", () => {
  const params = new URLSearchParams("a=1&b=2&a=3");
  equal([params.get("a"), params.get("x"), params.getAll("a"), params.getAll("x"), params.size], ["1", null, ["1", "3"], [], 3]);
  equal([params.has("a"), params.has("x"), params.has("a", "3"), params.has("a", "2"), params.has("a", undefined)], [true, false, true, false, true]);
  params.delete("a", "1");
  equal(params.toString(), "b=2&a=3");
  params.delete("a", undefined);
  equal(params.toString(), "b=2");
  throws("TypeError", () => params.get());
  throws("TypeError", () => params.append("a"));
});

test("URL 6.2: set replaces the first and drops the others", () => {
  const params = new URLSearchParams("a=1&b=2&a=3");
  params.set("a", 4);
  params.set("c", null);
  equal(params.toString(), "a=4&b=2&c=null");
});

test("URL 6.2: sort by code units, stable", () => {
  const params = new URLSearchParams("z=1&\ufffd=2&😀=3&z=0&a=4");
  params.sort();
  equal([...params.keys()], ["a", "z", "z", "😀", "\ufffd"]);
  equal(params.getAll("z"), ["1", "0"]);
});

test("Web IDL 3.7.9: iteration", () => {
  const params = new URLSearchParams("a=1&b=2");
  equal([[...params], [...params.keys()], [...params.values()], [...params.entries()]], [[["a", "1"], ["b", "2"]], ["a", "b"], ["1", "2"], [["a", "1"], ["b", "2"]]]);
  equal(params[Symbol.iterator] === params.entries, true);
  const got = [];
  params.forEach(function (value, name, all) { got.push(value, name, all === params, this.x); }, { x: 1 });
  equal(got, ["1", "a", true, 1, "2", "b", true, 1]);
  throws("TypeError", () => params.forEach());
  const iterator = params.keys();
  equal([Object.prototype.toString.call(iterator), iterator[Symbol.iterator]() === iterator], ["[object URLSearchParams Iterator]", true]);
  throws("TypeError", () => iterator.next.call({}));
});

test("Web IDL 3.7.9: iterators see changes", () => {
  const params = new URLSearchParams("a=1&b=2&c=3");
  const got = [];
  for (const [name] of params) {
    got.push(name);
    if (name === "a") params.delete("b");
    if (name === "c" && got.length < 4) params.append("d", "4");
  }
  equal(got, ["a", "c", "d"]);
});

testNotNode("Web IDL 3.2.25: null is a text", () => equal(made(null), "null="));

testNotNode("Web IDL 3.2.22: names of a record that become the same", () => equal(made({ "\ud800": 1, x: 2, "\ufffd": 3 }), "%EF%BF%BD=3&x=2"));
