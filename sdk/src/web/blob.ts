/** Blob: bytes that never change, and the type that they are said to have. */

import { joined, sourceBytes } from "./buffer_source";
import type { BodyStream } from "./body_stream";
import { dictionary, expose, showing } from "./interface";
import { type BlobContent, kinds } from "./kinds";
import { native } from "./native";

const { encodeText, makeDecoder, wellFormed } = native;
const { apply } = Reflect;
const { replace } = String.prototype;

// Only needed where a blob is looked at as a stream.
declare function load(id: "./body"): typeof import("./body");
declare function load(id: "./body_stream"): typeof import("./body_stream");

export interface BlobOptions {
  endings?: string;
  type?: string;
}

/** A part of a blob, converted: nothing of the script's runs for it any more. */
type Part = string | Uint8Array;

/** A blob of bytes that nobody changes. */
export let blobOf: (content: BlobContent) => Blob;

/** Gives a blob that was just made what is in it. */
export let fillBlob: (blob: Blob, content: BlobContent) => void;

/** What is in a blob; undefined for everything else. */
export let contentOf: (object: object) => BlobContent | undefined;

export class Blob {
  #content: BlobContent;

  static {
    blobOf = (content) => {
      const blob = new Blob();
      blob.#content = content;
      return blob;
    };
    fillBlob = (blob, content) => (blob.#content = content);
    contentOf = (object) => (#content in object ? (object as Blob).#content : undefined);
    showing((object) => {
      if (!(#content in object)) return undefined;
      const { bytes, type } = (object as Blob).#content;
      return { name: "Blob", fields: [["size", bytes.length], ["type", type]] };
    });
    kinds.blob = {
      contentOf,
      copyOf: (object) => (#content in object ? blobOf((object as Blob).#content) : undefined),
    };
  }

  constructor(parts: Iterable<unknown> | undefined = undefined, options: BlobOptions | undefined = undefined) {
    const converted = parts === undefined ? [] : partsOf("Blob", parts);
    const { endings = "transparent", type = "" } = dictionary<BlobOptions>("Blob", options);
    const encoded = encoderFor(`${endings}`);
    this.#content = { type: blobType(`${type}`), bytes: joined(converted.map((part) => (typeof part === "string" ? encoded(part) : part))) };
  }

  get size(): number {
    return this.#content.bytes.length;
  }

  get type(): string {
    return this.#content.type;
  }

  /** A part of the blob, in the same memory. */
  slice(start: number | undefined = undefined, end: number | undefined = undefined, contentType: string | undefined = undefined): Blob {
    const { bytes } = this.#content;
    const size = bytes.length;
    const from = start === undefined ? 0 : place(start, size);
    const to = end === undefined ? size : place(end, size);
    const type = contentType === undefined ? "" : blobType(`${contentType}`);
    return blobOf({ bytes: bytes.subarray(from, Math.max(from, to)), type });
  }

  stream(): BodyStream {
    const body = new (load("./body").Body)(this.#content.bytes.slice());
    return load("./body_stream").streamOf(body);
  }

  async text(): Promise<string> {
    return makeDecoder("utf-8", false, false)(this.#content.bytes, false)!;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#content.bytes.slice().buffer as ArrayBuffer;
  }

  async bytes(): Promise<Uint8Array> {
    return this.#content.bytes.slice();
  }
}

expose(Blob, "Blob");

/** What a list of parts is made of: blobs give their bytes, and what is neither bytes nor blob is text. */
export function partsOf(where: string, parts: Iterable<unknown>): Part[] {
  const listed = (typeof parts === "object" && parts !== null) || typeof parts === "function";
  if (!listed || typeof parts[Symbol.iterator] !== "function") throw new TypeError(`${where} needs a list of parts, such as [text]`);
  const converted: Part[] = [];
  for (const part of parts) {
    const bytes = typeof part === "object" && part !== null ? contentOf(part)?.bytes ?? sourceBytes(part) : undefined;
    converted.push(bytes ?? wellFormed(`${part}`));
  }
  return converted;
}

/** How texts become bytes. Native line breaks are taken to be \n on every system. */
const encoderFor = (endings: string): ((text: string) => Uint8Array) => {
  if (endings === "transparent") return (text) => new Uint8Array(encodeText(text));
  if (endings === "native") return (text) => new Uint8Array(encodeText(apply(replace, text, [/\r\n?/g, "\n"])));
  throw new TypeError(`the endings of a Blob can be transparent or native, not ${JSON.stringify(endings.slice(0, 100))}`);
};

const printable = /^[\x20-\x7e]*$/;
const { exec } = RegExp.prototype;

/** A type in lower case; one that can't be a type is none. */
export const blobType = (text: string): string => {
  return apply(exec, printable, [text]) === null ? "" : text.toLowerCase();
};

/** A place in the blob, counted from the end where it is negative, by the rules of Web IDL's [Clamp]. */
const place = (value: number, size: number): number => {
  const number = +value;
  const below = Math.floor(number);
  const up = number - below > 0.5 || (number - below === 0.5 && below % 2 !== 0);
  const whole = Number.isNaN(number) ? 0 : below + (up ? 1 : 0);
  return whole < 0 ? Math.max(size + whole, 0) : Math.min(whole, size);
};
