/** multipart/form-data, as HTML writes it. */

import { contentOf } from "./blob";
import { joined } from "./buffer_source";
import { nameOf } from "./file";
import { entriesOf, type FormData } from "./form_data";
import { native } from "./native";

const { apply } = Reflect;
const { replace } = String.prototype;

/** A form as the body of a request or response. The boundary can't be guessed, so no value has it but by chance. */
export const encodeForm = (form: FormData): { readonly content: Uint8Array; readonly type: string } => {
  const boundary = "----FormBoundary" + native.randomUUID().split("-").join("");
  const pieces: Uint8Array[] = [];
  const add = (text: string): void => void pieces.push(new Uint8Array(native.encodeText(text)));
  for (const [name, value] of entriesOf(form)) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(lines(name))}"`;
    if (typeof value === "string") {
      add(`${head}\r\n\r\n${lines(value)}\r\n`);
      continue;
    }
    const { bytes, type } = contentOf(value)!;
    add(`${head}; filename="${escaped(nameOf(value)!)}"\r\nContent-Type: ${type || "application/octet-stream"}\r\n\r\n`);
    pieces.push(bytes);
    add("\r\n");
  }
  add(`--${boundary}--\r\n`);
  return { content: joined(pieces), type: `multipart/form-data; boundary=${boundary}` };
};

/** The text with every line break as \r\n. */
const lines = (text: string): string => apply(replace, text, [/\r\n?|\n/g, "\r\n"]);

const escapes = new Map([["\r", "%0D"], ["\n", "%0A"], ['"', "%22"]]);

const escaped = (text: string): string => apply(replace, text, [/[\r\n"]/g, (sign: string) => escapes.get(sign)!]);
