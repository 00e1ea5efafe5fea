// What regular expressions do, as Node.js tells it: node patterns.js > patterns.jsonl
// run is also what the test calls.

function attempt(f) {
  try {
    return f();
  } catch (e) {
    return e.name;
  }
}

function run(pattern, flags, input) {
  return JSON.stringify(attempt(() => {
    const re = new RegExp(pattern, flags);
    const all = new RegExp(re, flags.replace("g", "") + "g");
    const found = (m) => m && [m.index, ...m, m.groups && Object.entries(m.groups)];
    return [
      re.source, re.flags, String(re), re.unicodeSets ?? false,
      found(re.exec(input)), re.test(input), input.search(re), [...input.matchAll(all)].map(found).slice(-2),
      input.match(all)?.length, input.replace(all, "<$&>"), input.split(re).length, all.flags,
    ];
  }));
}

function* rows() {
  const text = "aZ9_ éßſKÀ Ωσς Ж日ひ﹏١\u0301\u{1F600}\u200D#\u{1D400}\u{10428}\uD83D-\n½ǅ";
  const names = [
    "L", "Lu", "Ll", "Lt", "LC", "M", "Mn", "N", "Nd", "No", "P", "Pd", "Pc", "S", "Sm", "So", "Z", "Zs", "Zl", "C", "Cc", "Cf", "Co", "Cs",
    "Letter", "General_Category=Uppercase_Letter", "gc=Decimal_Number", "Script=Greek", "sc=Cyrl", "Script=Han", "scx=Hira", "Script_Extensions=Grek",
    "sc=Common", "sc=Zinh", "scx=Zyyy", "sc=Latn", "ASCII", "Any", "Assigned", "Alphabetic", "Alpha", "Emoji", "Emoji_Presentation", "Emoji_Modifier_Base",
    "Emoji_Component", "Extended_Pictographic", "ExtPict", "ID_Start", "IDS", "ID_Continue", "XID_Start", "XID_Continue", "White_Space", "Lowercase", "Uppercase",
    "Cased", "Case_Ignorable", "Changes_When_Lowercased", "CWU", "CWT", "CWCF", "CWKCF", "Dash", "Hex_Digit", "ASCII_Hex_Digit", "Math", "Ideographic", "Unified_Ideograph",
    "Diacritic", "Extender", "Grapheme_Base", "Grapheme_Extend", "Join_Control", "Default_Ignorable_Code_Point", "Bidi_Mirrored", "Pattern_Syntax", "Pattern_White_Space",
    "Quotation_Mark", "Radical", "Regional_Indicator", "Sentence_Terminal", "Terminal_Punctuation", "Soft_Dotted", "Variation_Selector", "Noncharacter_Code_Point",
    "Deprecated", "IDS_Binary_Operator", "Logical_Order_Exception",
    "Foo", "l", "lu", "Greek", "Script=greek", "sc", "Script=", "=Lu", "gc=Greek", "Block=Basic_Latin", "InGreek", "Line_Break", "Is_L", "Emoji=Yes", "", " L", "L ",
  ];
  for (const name of names) {
    yield [`\\p{${name}}`, "u", text];
    yield [`[^\\p{${name}}\\d]+`, "v", text];
  }
  // Of binary properties, V8 takes the complement before it folds case, against the standard: they come without \P and iv.
  const complement = (name, flags) => flags !== "iv" || name.length < 3 || name.startsWith("sc");
  for (const name of ["L", "Lu", "Ll", "Lt", "Lowercase", "ASCII", "sc=Grek", "CWU", "Nd"]) {
    for (const flags of ["iu", "iv"]) {
      for (const p of ["\\p{X}", "\\P{X}", "[\\p{X}]", "[\\P{X}]", "[^\\p{X}]", "[^\\P{X}]", "[\\p{X}\\P{X}]", "[a-f\\P{X}]+"]) {
        if (!p.includes("P") || complement(name, flags)) yield [p.replaceAll("X", name), flags, text];
      }
    }
  }
  const words = "abc ABC 0-y [z] aa😀b ſK_ß";
  for (const flags of ["v", "iv", "yv"]) {
    for (const p of [
      "[a-z]", "[[a-z]--[aeiou]]+", "[\\w--\\d]+", "[\\w&&[^a-c]]+", "[a-z&&[b-y]&&[c-x]]", "[[a-z]--b--c]+", "[^[a-z]--[b]]", "[^[a-z]&&[^b]]",
      "[\\q{abc|aa|a}x]", "^[\\q{abc|ab|}]", "[\\q{}]", "[\\q{abc|b}--\\q{abc}]", "[\\q{ABC|b}&&\\q{abc|b}]", "[\\q{a}\\q{b|c}]+", "[^\\q{a|b}]+", "[^\\q{ab}]",
      "[]", "[^]", "[[]]", "[[^]]", "[\\p{L}--[a-z]]", "[\\p{L}--\\p{Lu}]+", "[\\p{L}&&\\p{ASCII}]+", "[^\\P{L}]", "\\P{Lu}+", "[\\P{Lu}&&\\p{L}]+", "[^\\p{Lu}]+", "[^\\W]+", "\\W", "[\\W]",
      "[\\u{1F600}-\\u{1F64F}]", "[😀👩]", "[\\ud83d\\ude00]", "[\\ud83d]", "\\ud83d", "[\\p{Emoji}--\\p{ASCII}]+", "[_\\-\\[\\]]", "[\\&\\-\\!\\#]", "[-a]", "[a-]", "[a--]", "[a&&&b]", "[a&&b--c]", "[a-z--b]",
      "[(]", "[)]", "[a|b]", "[/]", "[\\/]", "[{}]", "[!!]", "[a!b]", "[!a!]", "[..]", "[.]", "[``]", "[^^^]", "[^^]", "[\\b]", "[\\cA]", "[\\0]", "[\\x41]", "[\\u0041-\\u0043]", "[\\e]", "[\\a]", "[z-a]", "[\\d-z]", "[a-\\d]",
      "[\\q]", "[\\q{(}]", "[\\q{\\(|a}]", "\\q{a}", "[\\p{RGI_Emoji_X}]", "[a", "[[a]", "a]", "(?<n>[a-c])(?<m>[[b-d]--c])", "(?<=[[a-z]--a])c", "(?<![[a-z]--a])c", "(?=[\\q{bc}]).", "([[a-b]--b])\\1", "[\\s\\S]", "[\\D]+", "[\\S]+", ".", "(?:)", "\\b[\\w--a]",
      "[ſ]", "[k]", "[\\w&&\\u017f]", "[^ſ]", "[S--s]", "[s--S]", "[[a-z]&&[A-Z]]", "[^[^a]]", "[[^[^a-c]]--b]", "$^", "^.",
    ]) {
      // V8 of Node.js 20 subtracts before it folds case, too; and goja's own loops treat y with empty matches wrongly.
      if (flags === "iv" && /--b|--a|s--/i.test(p) || flags === "yv" && ["(?:)", "[\\q{}]"].includes(p)) continue;
      yield [p, flags, words];
    }
  }
  const pairs = "a😀b\uD83Dc\uDE00é ä20-01";
  for (const p of [
    "(?<y>\\d+)-(?<m>\\d+)", "(?<n>[a-z])", "(?<n>\\p{L})(?<o>.)?", "(?<=\\p{L}).", "(?<!\\p{L}).", "\\p{L}(?!\\p{L})", "(\\p{So})\\1", "\\p{Cs}", "\\P{Cs}", "[\\p{So}\\ud83d]", "^\\P{L}", "\\p{L}{1,2}?", "\\p{L}*.", "(?:\\p{L}|\\d)+",
    "[\\p{L}-z]", "[a-\\p{L}]", "[\\p{L}-]", "[-\\p{L}]", "\\p", "\\p{", "\\pL", "[\\p]", "\\p{L", "\\p{L}\\", "(\\p{L}", "\\p{L})", "\\p{L}**", "*\\p{L}", "\\p{L}/\\/[/]", "\\p{L}\n", "\\p{L}\u2028", "(?<$>\\p{L})", "(?<ünï>\\p{L})\\k<ünï>", "\\u{61}\\p{L}|\\u00e9",
    "\\d+(?=-\\p{Nd})", "\\bx\\b|\\p{Zs}",
  ]) for (const flags of ["u", "iu", "gmu"]) yield [p, flags, pairs];
  for (const flags of ["", "g", "i", "u"]) {
    for (const p of [
      "[\\ud800-\\udbff][\\udc00-\\udfff]", "(?:[\\u2700-\\u27bf]|\\ud83c[\\udde6-\\uddff]|[\\ud800-\\udbff][\\udc00-\\udfff])(?=)", "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])",
      "(?:[^\\uD800-\\uDBFF]|^)[\\uDC00-\\uDFFF]", "[a-z\\ud800-\\udfff]+|[^\\udc00-\\udfff](?=)", "\\[[\\ud800-\\udbff]\\]|([\\udc00-\\udfff])\\1?",
    ]) yield [p, flags, "a\u{1F600}b\uDE00\uD83Dé"];
  }
  for (const flags of ["uv", "vv", "uu", "vu", "vx", "gvs", "vig", "ymv"]) yield ["\\p{L}", flags, "aB"];
}

if (typeof process === "object") {
  for (const row of rows()) console.log(JSON.stringify([...row, run(...row)]));
}
