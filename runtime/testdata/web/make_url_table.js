// Asks the URL class of the Node.js that runs this what it makes of many inputs, and writes
// url_table.json: node runtime/testdata/web/make_url_table.js

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const parts = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"];

const hosts = [
  "example.com", "EXAMPLE.Com", "example.com.", "ex%41mple.com", "ex%2Fample.com", "faß.de", "münchen.de", "xn--mnchen-3ya.de", "日本語.jp", "☃.net",
  "localhost", "LOCALHOST", "localhoſt", "127.0.0.1", "127.1", "0x7f.1", "0x7F000001", "2130706433", "0177.0.0.1", "127.0.0.01", "256.0.0.1", "1.2.3.4.5",
  "1.2.3", "0x", "0x.0x.0", "4294967295", "4294967296", "1.2.3.4.", "1.2.3.4..", "09.1.1.1", "a.1", "1.a", "foo.0x4", "foo.09", "１２７.０.０.１",
  "[::1]", "[::]", "[1:2:3:4:5:6:7:8]", "[1:0:0:4:0:0:0:8]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[2001:DB8::1]", "[1::2::3]", "[::1", "[::1]x", "[:]", "[::1%25lo]",
  "[1:2:3:4:5:6:1.2.3.4]", "[::1.2.3]", "[::01.2.3.4]", "[12345::]", "a b", "a<b", "a^b", "a|b", "a%", "a%zz", "a\u00adb", "\u00ad", "xn--", "xn--a", "a..b", ".", "..", "-a.b", "a_b.c", "*.x.y", "a,b",
  "u@h", "u:p@h", "u:@h", ":p@h", ":@h", "@h", "u@v@h", "u:p:q@h", "ü:ö@h", "u%40x:p%3A@h", "a'b:c|d@h", "u[x]^{}@h", "h:", "h:80", "h:443", "h:0", "h:00080", "h:65535", "h:65536", "h:8a", "h:-1", "h: 80", "", "u@", "h:8\t0",
];

const tails = [
  "", "/", "/a/b", "/a/./b/../c", "/..", "/../../x", "/a/%2e/b", "/a/%2E%2e/b", "/.%2e/x", "/a//b", "//x", "/a\\b", "/a b", "/ä", "/%zz", "/%C3%A4", "/a;b=c", "/<>`{}|\"^[]'", "/a?b", "/?", "/#", "/?#", "?q", "#f",
  "/a?b?c#d#e", "/?a b", "/?ä", "/?'\"<>", "/?#x y`<>\"", "/?%zz", "/a\tb\nc", "/\u0000", "/\u007f", "/\ud83d\ude00", "/a/..", "/a/.", "/a/b/..", "/...", "/?a=1&b=2",
];

const others = [
  "", " ", "x", "//", "/", "?", "#", ":", "a:", "a:b", "a:b c", "a:b c ", "a: b", "a:/b", "a://", "a:///", "a:///x", "a://h", "a://h:80/x", "a://h/../y", "a://H/", "a://ä/", "a://a%zz", "a://a b", "a://u:p@h:1/?q#f", "a://:80", "a://[::1]:5", "a://[x]",
  "a:/..//b", "a:/.//b", "a:..", "a:/./x", "a:b?c#d", "a:b#c ", "a:?x", "a:#x", "mailto:a@b.c", "data:text/plain,hello world", "data:,%ff", "data:x ?y", "data:x #y", "javascript:alert(1)", "urn:isbn:1", "blob:https://example.com:443/id", "blob:x", "blob:ftp://h/x", "about:blank", "1a:b", "+a:b", "a+b-c.d:e", "A:B", "a%:b",
  "http:", "http:/", "http://", "http:///x", "http:////x", "http:x", "http:/x", "http:\\\\x\\y", "http://?x", "http://#x", "http://:80", "http://@", "http://@/x", "https:x@y", "ws://h:80", "wss://h:443/x", "ws://h:443", "ftp://h:21/x", "ftp://h/;type=a", "  http://x/  ", "\thttp://x\n/y", "ht\ntp://x", "http://x\u0000", "\u0000http://x",
  "file:", "file:/", "file://", "file:///", "file:///a/b", "file:a", "file:/a", "file://h/x", "file://localhost/x", "file://LOCALHOST/x", "file:///C:/x", "file:C:/x", "file:/C|/x", "file:///C|/../x", "file:///C:", "file:///C:/..", "file://C:/x", "file:\\\\h\\x", "file:///a/../C:/x", "file://h:80/x", "file://u@h/x", "file:?q", "file:#f", "file:..", "file:////x", "file:///%43:/x",
  "sc://ñ", "sc://\u0000/", "sc://a\u0000b/", "sc:///p", "sc://h?q", "sc://h#f", "sc://%zz/", "sc://a<b", "sc://a^b", "sc://[::1]/x", "sc://127.1/", "sc://a|b/", "http://a|b/", "sc:/a b", "sc:/ä?ö#ü", "non-special:opaque  ?hi", "non-special:opaque  #hi",
];

const bases = ["http://h.x:81/a/b?q#f", "https://u:p@h/", "file:///C:/a/b", "file:///a/b", "file://h/a", "sc://h/a/b?q", "sc:/a/b", "data:x", "mailto:a@b", "ws://h", "nonsense", "about:blank"];

const relatives = [
  "", "x", "./x", "../x", "../../../x", "/x", "//y", "///y", "?n", "#n", "x?y#z", "http:x", "http:/x", "http://z", "file:x", "file:/x", "sc:x", "\\x", "/\\y", "C:/z", "/C|/z", "C|", "..", ".", "//y:80/", "//u@y", ":x", "a:b", "  x ", "%2e%2e/x", "x/../y", "//C:/x", "/..//y", "ws:x", "https:x", "//", "?", "#",
];

const start = [
  "http://h.x:81/a/b?q#f", "https://u:p@h/", "file:///a/b", "file://h/a", "sc://h/a/b?q", "sc://u@h:1/a", "sc:/a/b", "sc:///a", "data:x y ?q#f", "mailto:a@b", "http://1.2.3.4/", "ws://h",
];

const settings = {
  href: ["http://n/", "nonsense", "sc:x"],
  protocol: ["https", "https:", "http:x", "wss", "file", "sc", "FTP", "", "1a", "x y", "ht\ntp", "data:"],
  username: ["", "n", "ü", "a:b@c", "%zz", "a b'"],
  password: ["", "n", "ü", "a:b@c", "%zz", "a/b"],
  host: ["", "n", "n:82", "n:", "n:80", "n:443", "N/x", "n?x", "n#x", "n\\x", "u@n", "n:82x", "n:x", "n:65536", ":82", "[::1]:5", "[::1", "127.1", "a b", "a%zz", "ä", "n:8\t2", "localhost", "x:y:1"],
  hostname: ["", "n", "n:82", "N/x", "n?x", "n#x", "n\\x", "u@n", "[::1]", "[::1]:5", "127.1", "a b", ":82", "ä", "localhost", "0x100000000", "n\tm"],
  port: ["", "82", "80", "443", "0", "00082", "65535", "65536", "82x", "x82", " 82", "8\t2", "-1", "99999999999999999999", "82/x", "\n"],
  pathname: ["", "/", "n", "/n/../m", "..", "/n?x#y", "\\n", "//n", "/a b", "/ä%zz", "/%2e%2e/x", "/C|/x", "n\tm", "?", "#"],
  search: ["", "?", "n", "?n", "??n", "n#m", "a b'", "ä%zz", "n\tm", "\"<>"],
  hash: ["", "#", "n", "#n", "##n", "a b`", "ä%zz", "n\tm", "\"<>", " "],
};

const read = (url) => parts.map((part) => url[part]);

function parse(url, base) {
  try {
    return read(base === undefined ? new URL(url) : new URL(url, base));
  } catch {
    return null;
  }
}

function set(url, part, value) {
  const changed = new URL(url);
  try {
    changed[part] = value;
  } catch {
    // Only href throws, and changes nothing then.
  }
  return read(changed);
}

// Where Node.js 20 leaves the standard: what that says instead. After a double dot comes an empty
// segment; only # follows an opaque base; a port that doesn't begin with digits changes nothing,
// and one that does belongs to a new host; an empty host is one, and a port alone is none.
const corrections = new Map(Object.entries({
  '["sc://h/.."]': "sc://h/",
  '["x?y#z","data:x"]': null,
  '["x?y#z","mailto:a@b"]': null,
  '["x?y#z","about:blank"]': null,
  '["http://h.x:81/a/b?q#f","host","x:y:1"]': "http://x:81/a/b?q#f",
  '["http://h.x:81/a/b?q#f","port","x82"]': "http://h.x:81/a/b?q#f",
  '["http://h.x:81/a/b?q#f","port","\\n"]': "http://h.x:81/a/b?q#f",
  '["sc://h/a/b?q","host",":82"]': "sc://h/a/b?q",
  '["sc://h/a/b?q","pathname",".."]': "sc://h/?q",
  '["sc://u@h:1/a","host",":82"]': "sc://u@h:1/a",
  '["sc://u@h:1/a","host","x:y:1"]': "sc://u@x:1/a",
  '["sc://u@h:1/a","port","x82"]': "sc://u@h:1/a",
  '["sc://u@h:1/a","port","\\n"]': "sc://u@h:1/a",
  '["sc://u@h:1/a","pathname",".."]': "sc://u@h:1/",
  '["sc:/a/b","host",""]': "sc:///a/b",
  '["sc:/a/b","host","n:82"]': "sc://n:82/a/b",
  '["sc:/a/b","host","n:80"]': "sc://n:80/a/b",
  '["sc:/a/b","host","n:443"]': "sc://n:443/a/b",
  '["sc:/a/b","host","n:82x"]': "sc://n:82/a/b",
  '["sc:/a/b","host","[::1]:5"]': "sc://[::1]:5/a/b",
  '["sc:/a/b","host","n:8\\t2"]': "sc://n:82/a/b",
  '["sc:/a/b","hostname",""]': "sc:///a/b",
  '["sc:/a/b","pathname",".."]': "sc:/",
  '["sc:///a","host","n:82"]': "sc://n:82/a",
  '["sc:///a","host","n:80"]': "sc://n:80/a",
  '["sc:///a","host","n:443"]': "sc://n:443/a",
  '["sc:///a","host","n:82x"]': "sc://n:82/a",
  '["sc:///a","host","[::1]:5"]': "sc://[::1]:5/a",
  '["sc:///a","host","n:8\\t2"]': "sc://n:82/a",
  '["sc:///a","pathname",".."]': "sc:///",
}));

function corrected(question, answer) {
  const key = JSON.stringify(question);
  return corrections.has(key) ? corrections.get(key) : answer;
}

const table = { parts, parse: [], set: [] };
const add = (...args) => table.parse.push([...args, corrected(args, parse(...args))]);
for (const host of hosts) for (const scheme of ["http", "sc"]) add(`${scheme}://${host}/x`);
for (const tail of tails) for (const scheme of ["http", "sc"]) add(`${scheme}://h${tail}`);
for (const other of others) add(other);
for (const base of bases) for (const relative of relatives) add(relative, base);
for (const url of start) {
  for (const [part, values] of Object.entries(settings)) {
    for (const value of values) table.set.push([url, part, value, corrected([url, part, value], set(url, part, value))]);
  }
}

const lines = (rows) => rows.map((row) => "    " + JSON.stringify(row)).join(",\n");
const text = `{\n  "parts": ${JSON.stringify(parts)},\n  "parse": [\n${lines(table.parse)}\n  ],\n  "set": [\n${lines(table.set)}\n  ]\n}\n`;
writeFileSync(fileURLToPath(new URL("url_table.json", import.meta.url)), text);
