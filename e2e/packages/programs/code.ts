// What formatters and linters are made of: parsers and printers of code.
import { parse, tokenizer } from "acorn";
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import * as postcss from "prettier/plugins/postcss";
import * as markdown from "prettier/plugins/markdown";
import { format } from "prettier/standalone";

const tree = parse("export const f = async ({ a = 1n, ...rest }) => (await a)?.b ?? rest.c ** 2 // end", { ecmaVersion: "latest", sourceType: "module" });
console.log(JSON.stringify(tree, (_, value) => (typeof value === "bigint" ? `${value}n` : value)).length, tree.body[0].type);
console.log([...tokenizer("let x = /re/giu, 𝒳 = `t${1}`", { ecmaVersion: 2024 })].length);

const plugins = [babel, estree as never, postcss, markdown];
console.log(await format("const a={b:1,c(){return   [1,2,3].map(x=>x*2)}};for(const k in a){if(a[k])console.log( k )}", { parser: "babel", plugins }));
console.log(await format("a{color:RED;background:url( x.png )}@media (max-width:100px){b{c:d}}", { parser: "css", plugins }));
console.log(await format("# T\n* a\n* b\n\n|x|yy|\n|-|-|\n|1|2|\n", { parser: "markdown", plugins }));
const failure = await format("const = 1", { parser: "babel", plugins }).catch((err: Error) => err.message);
console.log(failure);
