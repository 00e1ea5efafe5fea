// What regular expressions without flag u make of surrogates, as Node.js tells it:
// node surrogates.js > surrogates.jsonl
// look is also what the test calls.

function look(re, input) {
  const found = (m) => m && [m.index, ...m, m.groups && Object.entries(m.groups)];
  return JSON.stringify([
    re.source, re.flags, String(re), found(re.exec(input)), re.lastIndex, found(re.exec(input)), re.test(input),
    input.search(re), input.match(re), input.split(re), input.replace(re, "<$&>"), input.replace(re, (...all) => all.length),
    re.global ? [...input.matchAll(re)].map(found) : 0,
  ]);
}

const sources = [
  "[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]", "[\\uD83D-\\uD83E]", "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?:[^\\uD800-\\uDBFF]|^)[\\uDC00-\\uDFFF]", "[😀]",
  "[^😀]", "😀", "😀+", "\\ud83d", "\\ud83d\\ude00", "[\\ud83d\\ude00]+", "\\ud83d[\\ude00-\\ude4f]", "(?:\\ud83d[\\ude00-\\ude4f]|x)+",
  "[\\uD800-\\uDFFF]", "[^\\uD800-\\uDFFF]", "[^\\uD800-\\uDFFF]+",
  "(?:[\\0-\\t\\x0B\\f\\x0E-\\u2027\\u202A-\\uD7FF\\uE000-\\uFFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?:[^\\uD800-\\uDBFF]|^)[\\uDC00-\\uDFFF])",
  "[\\uD800-\\uDBFF\\s][\\uDC00-\\uDFFF\\w]", "[\\S\\uD800]", "[^\\S\\uD83D]", "[\\uD83D\\W][\\uDE00\\W]", ".", "^.$", "(.)(?:)", "\\S",
  "([\\ud83d])([\\ude00])?", "[\\ud83c\\udffb-\\udfff]", "(?=[\\uDC00-\\uDFFF])", "\\ude00$", "[a-\\uFFFF]", "\\W+", "[^a]",
  "(?<h>[\\uD800-\\uDBFF])(?<l>[\\uDC00-\\uDFFF])", "(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]", "(?<=[\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]",
  "(?:\\ud83d\\ude00|\\ud83d\\ude01)(?:\\ud83c\\udf00|\\ud83c\\udf01)", "(?:\\ud83d|\\ud83e)(?:\\ude00|\\ude01)", "\\ud83d\\ude00|\\ud83d\\udc69|x",
  "😀|👩|🚀", "(😀|👩)+?", "[^\\s\\uD83D][^\\s\\uDE00]", "[\\0-\\uD7FF\\uDC00-\\uFFFF]", "[\\0-\\uDBFF\\uE000-\\uFFFF][\\0-\\uD7FF\\uDC00-\\uFFFF]", "\\\\😀",
  "\\😀", "[\\😀a]", "\\u{d83d}|x", "(?:é|\\ud83d)", "\\ud83d??b", "(?:)|\\ud83d", "^\\ud83d\\ude00$", "\\b|\\ude00", "(\\ud83d)\\ude00\\1\\ude00",
  "[\\ud83d-\\ude00]", "[^]\\ude00", "(?:\\uD83C[\\uDF00-\\uDFFF]|\\uD83D[\\uDC00-\\uDE4F])", "[\\u200D\\uD83D]\\uDE80?",
  "((?:[\\ud800-\\udbff][\\udc00-\\udfff])|.){2}",
];
const inputs = ["\uDE00x\uD83D a😀b", "👩\u200D🚀 é😀\uD83D"];

if (typeof process === "object") {
  for (const source of sources) {
    for (const flags of ["", "g"]) {
      for (const input of inputs) console.log(JSON.stringify([source, flags, input, look(new RegExp(source, flags), input)]));
    }
  }
}
