import { equal, test, testNotNode, throws } from "./harness.js";

const bytes = (...list) => new Uint8Array(list);
const decode = (label, list, options) => new TextDecoder(label, options).decode(bytes(...list));

test("Encoding 7.2: labels", () => {
  for (const [encoding, labels] of Object.entries({
    "utf-8": ["utf-8", "UTF8", " utf-8\n", "unicode-1-1-utf-8", "x-unicode20utf8"],
    "utf-16le": ["utf-16", "UTF-16LE", "ucs-2", "iso-10646-ucs-2", "unicode", "unicodefeff", "csunicode"],
    "utf-16be": ["utf-16be", "unicodefffe"],
    "windows-1252": ["latin1", "ascii", "us-ascii", "iso-8859-1", "iso_8859-1:1987", "cp1252", "l1", "windows-1252", "x-cp1252", "ansi_x3.4-1968"],
  })) for (const label of labels) equal(new TextDecoder(label).encoding, encoding);
  equal(new TextDecoder().encoding, "utf-8");
  for (const label of ["x", "", "utf", "utf-8\u00a0", "replacement"]) throws("RangeError", () => new TextDecoder(label));
});

test("Encoding 7.2: options", () => {
  const decoder = new TextDecoder("utf-8", { fatal: 1, ignoreBOM: "x" });
  equal([decoder.fatal, decoder.ignoreBOM, new TextDecoder().fatal, new TextDecoder("utf-8", undefined).ignoreBOM], [true, true, false, false]);
});

test("Encoding 7.2: what can be decoded", () => {
  const decoder = new TextDecoder();
  equal([decoder.decode(), decoder.decode(undefined), decoder.decode(bytes(97).buffer), decoder.decode(new DataView(bytes(97, 98, 99).buffer, 1, 1))], ["", "", "a", "b"]);
  equal(decoder.decode(new Uint16Array(bytes(97, 98, 99, 100).buffer).subarray(1)), "cd");
  for (const wrong of [null, "x", 5, {}, [97]]) throws("TypeError", () => decoder.decode(wrong));
});

test("Encoding 8.1.1: UTF-8: one replacement for each wrong beginning", () => {
  for (const [list, want] of [
    [[0xc3, 0xa4], "ä"], [[0xf0, 0x9f, 0x98, 0x80], "😀"], [[0xff], "\ufffd"], [[0xc0, 0x80], "\ufffd\ufffd"],
    [[0xe2, 0x82], "\ufffd"], [[0xe2, 0x82, 0x41], "\ufffdA"], [[0xe2, 0x41], "\ufffdA"], [[0xf0, 0x9f, 0x98], "\ufffd"], [[0xf0, 0x9f, 0x98, 0xe2, 0x82, 0xac], "\ufffd€"],
    [[0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd"], [[0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"], [[0xf0, 0x80, 0x80], "\ufffd\ufffd\ufffd"],
    [[0xe0, 0x9f, 0xbf], "\ufffd\ufffd\ufffd"], [[0x80, 0x41, 0xc3], "\ufffdA\ufffd"], [[0xf8, 0x88], "\ufffd\ufffd"], [[0xc3, 0xc3, 0xa4], "\ufffdä"], [[0xef, 0xbf, 0xbd], "\ufffd"],
  ]) {
    equal(decode("utf-8", list), want);
    if (list[0] !== 0xef && want.includes("\ufffd")) throws("TypeError", () => decode("utf-8", list, { fatal: true }));
  }
});

test("Encoding 6: the byte order mark", () => {
  equal([decode("utf-8", [0xef, 0xbb, 0xbf, 97]), decode("utf-8", [0xef, 0xbb, 0xbf, 97], { ignoreBOM: true })], ["a", "\ufeffa"]);
  equal([decode("utf-16le", [0xff, 0xfe, 97, 0]), decode("utf-16le", [0xff, 0xfe, 97, 0], { ignoreBOM: true })], ["a", "\ufeffa"]);
  equal([decode("utf-8", [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]), decode("utf-8", [0xef, 0xbb]), decode("utf-8", [0xff, 0xfe])], ["\ufeff", "\ufffd", "\ufffd\ufffd"]);
  const decoder = new TextDecoder();
  equal([decoder.decode(bytes(0xef, 0xbb, 0xbf, 97)), decoder.decode(bytes(0xef, 0xbb, 0xbf, 98))], ["a", "b"]);
});

test("Encoding 14.2: UTF-16", () => {
  equal([decode("utf-16le", [0x61, 0, 0x3d, 0xd8, 0, 0xde]), decode("utf-16be", [0, 0x61, 0xd8, 0x3d, 0xde, 0])], ["a😀", "a😀"]);
  equal([decode("utf-16le", [0x3d, 0xd8]), decode("utf-16le", [0, 0xde, 0x61, 0]), decode("utf-16le", [0x61]), decode("utf-16le", [0x3d, 0xd8, 0x61])], ["\ufffd", "\ufffda", "\ufffd", "\ufffd"]);
  equal(decode("utf-16le", [0x3d, 0xd8, 0x61, 0]), "\ufffda");
  throws("TypeError", () => decode("utf-16le", [0x61], { fatal: true }));
  throws("TypeError", () => decode("utf-16le", [0, 0xdc], { fatal: true }));
  equal(decode("utf-16le", [0xfd, 0xff], { fatal: true }), "\ufffd");
});

testNotNode("Encoding 9.1: windows-1252", () => {
  equal(decode("latin1", [0x41, 0x80, 0x81, 0x8d, 0x9f, 0xa0, 0xe4, 0xff]), "A€\u0081\u008dŸ\u00a0äÿ");
});

test("Encoding 9.1: ASCII in windows-1252", () => equal(decode("ascii", [0x41, 0xe4]), "Aä"));

test("Encoding 7.2: streams", () => {
  const decoder = new TextDecoder();
  const got = [0xef, 0xbb, 0xbf, 0xe2, 0x82, 0xac, 0xf0, 0x9f].map((byte) => decoder.decode(bytes(byte), { stream: true }));
  equal([got.join("|"), decoder.decode()], ["|||||€||", "\ufffd"]);
  equal(decoder.decode(bytes(0xef, 0xbb, 0xbf, 97)), "a");
  const wide = new TextDecoder("utf-16le");
  equal([0x61, 0, 0x3d, 0xd8, 0, 0xde, 0x62].map((byte) => wide.decode(bytes(byte), { stream: true })).join("|"), "|a||||😀|");
  equal(wide.decode(), "\ufffd");
  const fatal = new TextDecoder("utf-8", { fatal: true });
  equal(fatal.decode(bytes(0xe2, 0x82), { stream: true }), "");
  throws("TypeError", () => fatal.decode());
});

test("Encoding 7.4: encode", () => {
  const encoder = new TextEncoder();
  equal([encoder.encoding, encoder.encode(), encoder.encode(undefined), encoder.encode("aä€😀")], ["utf-8", bytes(), bytes(), bytes(97, 195, 164, 226, 130, 172, 240, 159, 152, 128)]);
  equal([encoder.encode("\ud800x\udc00"), encoder.encode(5), encoder.encode(null)], [bytes(239, 191, 189, 120, 239, 191, 189), bytes(53), bytes(110, 117, 108, 108)]);
});

test("Encoding 7.4: encodeInto writes whole characters", () => {
  const into = (text, size) => { const target = new Uint8Array(size); const { read, written } = new TextEncoder().encodeInto(text, target); return [read, written, target]; };
  equal(into("aä€", 3), [2, 3, bytes(97, 195, 164)]);
  equal(into("a€", 3), [1, 1, bytes(97, 0, 0)]);
  equal(into("😀x", 5), [3, 5, bytes(240, 159, 152, 128, 120)]);
  equal(into("\ud800", 3), [1, 3, bytes(239, 191, 189)]);
  equal(into("", 0), [0, 0, bytes()]);
  const part = new Uint8Array(4).subarray(1, 3);
  equal([new TextEncoder().encodeInto("abc", part).written, new Uint8Array(part.buffer)], [2, bytes(0, 97, 98, 0)]);
  throws("TypeError", () => new TextEncoder().encodeInto("x", new Int8Array(1)));
  throws("TypeError", () => new TextEncoder().encodeInto("x"));
});

test("Encoding: a long text comes back", () => {
  const text = "aä€😀".repeat(50_000);
  const encoded = new TextEncoder().encode(text);
  equal([encoded.length, new TextDecoder().decode(encoded) === text, new TextDecoder("utf-8", { fatal: true }).decode(encoded) === text], [500_000, true, true]);
});

// Bytes that are often the beginning of something, the same at every run.
function someBytes(count, seed) {
  const likely = [0x41, 0x80, 0xbf, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0xf4, 0x8f, 0xff, 0xd8, 0xdc, 0x00, 0xc0, 0xe0, 0xef, 0xbb];
  return Uint8Array.from({ length: count }, () => likely[(seed = (seed * 1103515245 + 12345) % 2147483648) % likely.length]);
}

const digest = (text) => Array.from(text, (c) => c.codePointAt(0)).reduce((sum, c) => (sum * 31 + c) % 1_000_003, 7);

test("Encoding 8.1.1, 14.2: many wrong texts are decoded as elsewhere, in one piece and in several", () => {
  for (const [label, want] of [["utf-8", 448289], ["utf-16le", 309545], ["utf-16be", 607025]]) {
    let whole = "";
    for (let seed = 1; seed <= 300; seed++) {
      const list = someBytes(seed % 40, seed);
      const text = new TextDecoder(label).decode(list);
      whole += text + "|";
      for (const size of [1, 2, 3, 5]) {
        const decoder = new TextDecoder(label);
        let pieces = "";
        for (let i = 0; i < list.length; i += size) pieces += decoder.decode(list.subarray(i, i + size), { stream: true });
        equal(pieces + decoder.decode(), text);
      }
    }
    equal([label, digest(whole)], [label, want]);
  }
});

test("Encoding 7.1, decode: an empty view, at the end of its buffer", () => {
  const bytes = new Uint8Array(65_536);
  for (const view of [bytes.subarray(65_536), new Uint16Array(bytes.buffer, 65_536), new DataView(bytes.buffer, 65_536)]) {
    equal(new TextDecoder().decode(view), "");
    equal(new Uint8Array(new Uint16Array(bytes.buffer, 65_536)).length, 0);
  }
});
