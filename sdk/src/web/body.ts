/** The body of a request or response: all of it, in memory, to be read once. */

import type { BodyStream } from "./body_stream";
import { sourceBytes } from "./buffer_source";
import type { FormData } from "./form_data";
import { kinds } from "./kinds";
import { native } from "./native";

const { encodeText, makeDecoder, wellFormed } = native;

/** A text without lone surrogates, which stands for its UTF-8, or bytes that belong to the body alone. */
export type Content = string | Uint8Array;

// A body that is never looked at as a stream needs none.
declare function load(id: "./body_stream"): typeof import("./body_stream");
declare function load(id: "./multipart"): typeof import("./multipart");
declare function load(id: "./url_search_params"): typeof import("./url_search_params");

export class Body {
  #content: Content | undefined; // undefined once it was read
  #stream: BodyStream | undefined;
  readonly #check: () => void;

  /** check is called before the body is read, and throws where it can't be any more. */
  constructor(content: Content, check: () => void = () => {}) {
    this.#content = content;
    this.#check = check;
  }

  get used(): boolean {
    return this.#content === undefined;
  }

  /** Whether it was read, or is a reader's to read. */
  get unusable(): boolean {
    return this.used || this.#stream?.locked === true;
  }

  get stream(): BodyStream {
    return (this.#stream ??= load("./body_stream").streamOf(this));
  }

  /** All of it, once. */
  take(): Content {
    if (this.used) throw new TypeError("the body was read already: use clone() before it is read to read it twice");
    if (this.unusable) throw new TypeError("the body is locked: a reader of its stream reads it");
    return this.read()!;
  }

  /** All of it, and then nothing. */
  read(): Content | undefined {
    const content = this.#content;
    if (content !== undefined) this.#check();
    this.#content = undefined;
    return content;
  }

  /** A second one with the same content. */
  clone(where: string): Body {
    if (this.unusable) throw new TypeError(`${where}: the body was read already, or a reader has it`);
    const content = this.#content!;
    return new Body(typeof content === "string" ? content : content.slice(), this.#check);
  }
}

/** What is sent, and the type that it has where the script names none. */
interface Extracted<C extends Content = Content> {
  readonly content: C;
  readonly type?: string;
}

/** What a blob or a form is sent as; undefined for everything else. */
export const encode = (object: object): Extracted<Uint8Array> | undefined => {
  const blob = kinds.blob?.contentOf(object);
  if (blob !== undefined) return blob.type === "" ? { content: blob.bytes.slice() } : { content: blob.bytes.slice(), type: blob.type };
  return kinds.form?.isForm(object) ? load("./multipart").encodeForm(object as FormData) : undefined;
};

/** What a script gives for a body. */
export const extract = (init: unknown): Extracted => {
  if (typeof init === "object" && init !== null) {
    const bytes = sourceBytes(init);
    if (bytes !== undefined) return { content: bytes.slice() };
    const encoded = encode(init);
    if (encoded !== undefined) return encoded;
    if (load("./url_search_params").isParams(init)) return { content: `${init}`, type: "application/x-www-form-urlencoded;charset=UTF-8" };
    const stream = load("./body_stream").taken(init);
    if (stream !== undefined) return { content: stream };
  }
  return { content: wellFormed(`${init}`), type: "text/plain;charset=UTF-8" };
};

/** The text that the UTF-8 stands for, without the mark that it may begin with. */
export const textOf = (content: Content): string => {
  if (typeof content === "string") return content.startsWith("\ufeff") ? content.slice(1) : content;
  return makeDecoder("utf-8", false, false)(content, false)!;
};

export const bytesOf = (content: Content): Uint8Array => {
  return typeof content === "string" ? new Uint8Array(encodeText(content)) : content;
};

export const bufferOf = (content: Content): ArrayBuffer => {
  const { buffer, byteLength } = bytesOf(content);
  return (buffer.byteLength === byteLength ? buffer : bytesOf(content).slice().buffer) as ArrayBuffer;
};
