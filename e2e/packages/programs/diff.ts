// Differences between texts, and patterns for paths.
import { applyPatch, createPatch, diffChars, diffLines, diffWords, parsePatch } from "diff";
import picomatch from "picomatch";

const before = "one\ntwo\nthree\nfour\n";
const after = "one\n2\nthree\nfour\nfive\n";
const patch = createPatch("numbers.txt", before, after, "old", "new");
console.log(patch);
console.log(applyPatch(before, patch) === after, parsePatch(patch)[0].hunks.length);
console.log(diffLines(before, after).map((part) => (part.added ? "+" : part.removed ? "-" : "=") + part.count).join(" "));
console.log(JSON.stringify(diffWords("the quick brown fox", "the slow brown dog").map((part) => part.value)));
console.log(JSON.stringify(diffWords("naïve café Straße", "naïve cafe Straße")));
console.log(diffChars("kitten", "sitting").filter((part) => part.added || part.removed).length);

const isSource = picomatch(["src/**/*.{ts,tsx}", "!**/*.test.ts"], { ignore: "**/node_modules/**" });
console.log(["src/a.ts", "src/deep/er/b.tsx", "a.ts", "src/node_modules/c.ts"].map((path) => isSource(path)).join());
console.log(picomatch.makeRe("*.[jt]s?(x)").test("a.tsx"), picomatch.scan("!./foo/*.js").base);
