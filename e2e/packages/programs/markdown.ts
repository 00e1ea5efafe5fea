// Two Markdown parsers, and templates.
import Handlebars from "handlebars";
import MarkdownIt from "markdown-it";
import { marked } from "marked";

const source = `# Title with *emphasis* & entities &copy;

A paragraph with \`code\`, a [link](https://example.org "t"), **bold**, ~~struck~~ and a hard  
break. Ünïcödé: *日本*語.

1. one
2. two
   - nested

| a | b |
|---|:-:|
| 1 | 2 |

> quote

\`\`\`ts
const x: number = 1 < 2 ? 3 : 4;
\`\`\`
`;
console.log(await marked.parse(source, { gfm: true }));
console.log(new MarkdownIt({ html: false, linkify: true, typographer: true }).render(`${source}\nSee www.example.org -- "quoted" (c)`));

const template = Handlebars.compile("{{#each files}}{{@index}}: {{name}}{{#if dirty}}*{{/if}} {{upper kind}}\n{{else}}none{{/each}}");
Handlebars.registerHelper("upper", (text: string) => text.toUpperCase());
console.log(template({ files: [{ name: "<main>", dirty: true, kind: "ts" }, { name: "b", kind: "md" }] }));
