/** TextEncoder and TextDecoder: between strings and bytes, which are the host's matter. */

import { dictionary, expose, showing } from "./interface";
import { native } from "./native";

const { encodeText, encodeTextInto, makeDecoder } = native;
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!.get!;

/** The labels of the encodings that there are. */
const labels = new Map(
  Object.entries({
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    "utf-16be": "unicodefffe utf-16be",
    "windows-1252":
      "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 " +
      "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
  }).flatMap(([encoding, known]) => known.split(" ").map((label) => [label, encoding] as const)),
);

const longestLabel = Math.max(...[...labels.keys()].map((label) => label.length));

export class TextEncoder {
  readonly #encoding = "utf-8";

  static {
    showing((object) => (#encoding in object ? { name: "TextEncoder", fields: [["encoding", "utf-8"]] } : undefined));
  }

  get encoding(): string {
    return this.#encoding;
  }

  encode(input = ""): Uint8Array {
    this.#encoding; // the brand
    return new Uint8Array(encodeText(`${input}`));
  }

  encodeInto(source: string, destination: Uint8Array): { read: number; written: number } {
    this.#encoding;
    if (Reflect.apply(tagOf, destination, []) !== "Uint8Array") throw new TypeError("encodeInto needs a Uint8Array to write to");
    const [read, written] = encodeTextInto(`${source}`, destination);
    return { read, written };
  }
}

export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  readonly #decode: (bytes: unknown, more: boolean) => string | null;

  static {
    showing((object) => {
      if (!(#encoding in object)) return undefined;
      const { encoding, fatal, ignoreBOM } = object as TextDecoder;
      return { name: "TextDecoder", fields: [["encoding", encoding], ["fatal", fatal], ["ignoreBOM", ignoreBOM]] };
    });
  }

  constructor(label = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } | undefined = undefined) {
    const name = `${label}`;
    const encoding = encodingOf(name);
    if (encoding === undefined) throw new RangeError(`the encoding "${name.slice(0, 100)}" is not supported`);
    const { fatal, ignoreBOM } = dictionary("TextDecoder", options);
    this.#encoding = encoding;
    this.#fatal = Boolean(fatal);
    this.#ignoreBOM = Boolean(ignoreBOM);
    this.#decode = makeDecoder(encoding, this.#fatal, this.#ignoreBOM);
  }

  get encoding(): string {
    return this.#encoding;
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input: unknown = undefined, options: { stream?: boolean } | undefined = undefined): string {
    const decode = this.#decode;
    const text = decode(input, Boolean(dictionary("decode", options).stream));
    if (text !== null) return text;
    const error: TypeError & { code?: string } = new TypeError(`the bytes are not valid ${this.#encoding}`);
    error.code = "ERR_ENCODING_INVALID_ENCODED_DATA";
    throw error;
  }
}

/** The encoding of a label, around which ASCII blanks don't count. */
const encodingOf = (label: string): string | undefined => {
  const blanks = "\t\n\f\r ";
  let from = 0;
  let to = label.length;
  while (from < to && blanks.includes(label[from]!)) from++;
  while (from < to && blanks.includes(label[to - 1]!)) to--;
  return to - from > longestLabel ? undefined : labels.get(label.slice(from, to).toLowerCase());
};

expose(TextEncoder, "TextEncoder");
expose(TextDecoder, "TextDecoder");
