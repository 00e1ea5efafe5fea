// Formats: YAML twice, CSV, compression.
import { deflateSync, gunzipSync, gzipSync, inflateSync, strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { dump, load } from "js-yaml";
import Papa from "papaparse";
import { parse, parseDocument, stringify } from "yaml";

const text = `# settings
name: "extrun"
list: [1, 2.5, 0x1f, true, null]
anchors: &base { a: 1 }
merged:
  <<: *base
  b: |
    line one
    line two
date: 2026-01-02
emoji: "\\u263A 😀"
`;
console.log(JSON.stringify(parse(text, { merge: true })));
console.log(stringify({ deep: { list: [{ a: 1 }, "two: 2", "multi\nline"], empty: [] } }));
const document = parseDocument(text);
document.set("name", "other");
console.log(String(document).split("\n").slice(0, 2).join("|"));
console.log(parseDocument("a: [1, 2\nb: }").errors.length > 0);
console.log(JSON.stringify(load("a: 1\nb: [x, y]\nc: {d: ~}")), JSON.stringify(dump({ z: [1, { y: "text" }], ok: true })));

const csv = Papa.parse<Record<string, unknown>>('name,age\n"Ada, Countess",36\nAlan,41\n', { header: true, dynamicTyping: true, skipEmptyLines: true });
console.log(JSON.stringify(csv.data), csv.errors.length, JSON.stringify(Papa.unparse([{ a: 'say "hi"', b: "1,2" }])));

const bytes = strToU8("compress me, ".repeat(500) + "ünï😀");
const packed = gzipSync(bytes, { mtime: 0 });
console.log(packed.length < bytes.length / 10, strFromU8(gunzipSync(packed)) === strFromU8(bytes), inflateSync(deflateSync(bytes)).length);
const archive = unzipSync(zipSync({ "a.txt": strToU8("alpha"), dir: { "b.bin": new Uint8Array([0, 255]) } }));
console.log(Object.keys(archive).sort().join(), strFromU8(archive["a.txt"]), archive["dir/b.bin"].join());
