import { equal, test, testNotNode, throws } from "./harness.js";

test("URL 6.1: the constructor", () => {
  const url = new URL("../x?y#z", "https://u:p@h:8080/a/b/");
  equal([url.href, url.origin, url.host, String(url), JSON.stringify({ url })], ["https://u:p@h:8080/a/x?y#z", "https://h:8080", "h:8080", url.href, '{"url":"https://u:p@h:8080/a/x?y#z"}']);
  equal([new URL("http://x", undefined).href, new URL(new URL("http://x")).href, new URL({ toString: () => "a:b" }).href], ["http://x/", "http://x/", "a:b"]);
  const error = throws("TypeError", () => new URL("x"));
  equal([error.code, error.input], ["ERR_INVALID_URL", "x"]);
  throws("TypeError", () => new URL("x", "y"));
  throws("TypeError", () => new URL());
  throws("TypeError", () => new URL("x", null));
});

test("URL 6.1: lone surrogates", () => equal(new URL("http://x/\ud800?\udc00").href, "http://x/%EF%BF%BD?%EF%BF%BD"));

test("URL 6.1: canParse", () => {
  equal([URL.canParse("x"), URL.canParse("x", "http://y"), URL.canParse("http://"), URL.canParse("a:")], [false, true, false, true]);
  throws("TypeError", () => URL.canParse());
});

testNotNode("URL 6.1: parse", () => {
  equal([URL.parse("x"), URL.parse("x", "http://y").href, URL.parse("a:b") instanceof URL], [null, "http://y/x", true]);
});

test("URL 6.1: href refuses what isn't a URL, and stays as it was", () => {
  const url = new URL("http://x");
  throws("TypeError", () => { url.href = "y"; });
  equal(url.href, "http://x/");
  url.href = "a:b";
  equal(url.href, "a:b");
});

test("URL 6.1: searchParams is live", () => {
  const url = new URL("http://x/?a=1&b=2#h");
  const params = url.searchParams;
  equal(url.searchParams === params, true);
  params.append("c", "ä &");
  equal(url.href, "http://x/?a=1&b=2&c=%C3%A4+%26#h");
  url.search = "?z=%41+b";
  equal([...params], [["z", "A b"]]);
  params.delete("z");
  equal([url.href, url.search], ["http://x/#h", ""]);
  url.href = "http://x/?n";
  equal([...params], [["n", ""]]);
  url.search = "";
  equal([params.size, url.href], [0, "http://x/"]);
  throws("TypeError", () => { url.searchParams = "x"; });
  equal(url.searchParams === params, true);
});

test("URL 6.1: what searchParams doesn't change stays as it was written", () => {
  const url = new URL("http://x/?a=~'&b");
  url.searchParams.get("a");
  equal(url.search, "?a=~%27&b");
  url.searchParams.sort();
  equal(url.search, "?a=%7E%27&b=");
});

test("URL 6.1: a searchParams that is kept goes on with its URL", () => {
  const { searchParams } = new URL("http://x/?a");
  searchParams.set("a", "1");
  equal(searchParams.toString(), "a=1");
});
