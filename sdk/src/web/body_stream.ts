/** What response.body is: the readable side of a stream, with all of the body as its one chunk. */

import { asyncIterator } from "../core/symbol";
import { type Body, bytesOf, type Content } from "./body";
import { dictionary, expose, showing } from "./interface";

const internal = Symbol("ReadableStream");

type Result = { value: Uint8Array | undefined; done: boolean };

export let streamOf: (body: Body) => BodyStream;

/** All that a stream has left; undefined for what is no stream. */
export let taken: (object: object) => Content | undefined;

let readFrom: (stream: BodyStream) => Result;
let cancelled: (stream: BodyStream) => void;
let released: (stream: BodyStream) => void;

export class BodyStream {
  readonly #body: Body;
  #reader: Reader | undefined;

  static {
    streamOf = (body) => new BodyStream(internal, body);
    taken = (object) => {
      if (!(#body in object)) return undefined;
      return (object as BodyStream).#body.take();
    };
    readFrom = (stream) => {
      const content = stream.#body.read();
      const bytes = content === undefined ? undefined : bytesOf(content);
      return bytes === undefined || bytes.length === 0 ? { value: undefined, done: true } : { value: bytes, done: false };
    };
    cancelled = (stream) => void stream.#body.read();
    released = (stream) => (stream.#reader = undefined);
    showing((object) => (#body in object ? { name: "ReadableStream", fields: [["locked", (object as BodyStream).locked]] } : undefined));
  }

  constructor(key: unknown, body: Body) {
    if (key !== internal) throw new TypeError("ReadableStream can't be constructed here: it is what the body of a response is");
    this.#body = body;
  }

  get locked(): boolean {
    return this.#reader !== undefined;
  }

  async cancel(_reason: unknown = undefined): Promise<void> {
    if (this.locked) throw new TypeError("the stream is locked: cancel it by its reader");
    cancelled(this);
  }

  getReader(options: { mode?: string } | undefined = undefined): Reader {
    const { mode } = dictionary("getReader", options);
    if (mode !== undefined) throw new TypeError(`getReader has no mode ${`${mode}`.slice(0, 100)}: readers give chunks as they are`);
    if (this.locked) throw new TypeError("the stream is locked: it has a reader");
    return (this.#reader = new Reader(internal, this));
  }

  values(options: { preventCancel?: boolean } | undefined = undefined): AsyncIterableIterator<Uint8Array> {
    const { preventCancel } = dictionary("values", options);
    return iteratorOf(this.getReader(), Boolean(preventCancel));
  }
}

class Reader {
  #stream: BodyStream | undefined;
  #closed: Promise<void>;
  #settle!: { fulfil(): void; reject(error: unknown): void };

  constructor(key: unknown, stream: BodyStream) {
    if (key !== internal) throw new TypeError("ReadableStreamDefaultReader can't be constructed here: use getReader");
    this.#stream = stream;
    this.#closed = new Promise<void>((fulfil, reject) => {
      this.#settle = { fulfil, reject };
    });
    this.#closed.catch(() => {});
  }

  get closed(): Promise<void> {
    return this.#closed;
  }

  async read(): Promise<Result> {
    const result = this.#try(readFrom);
    if (result.done) this.#settle.fulfil();
    return result;
  }

  async cancel(_reason: unknown = undefined): Promise<void> {
    this.#try(cancelled);
    this.#settle.fulfil();
  }

  releaseLock(): void {
    if (this.#stream === undefined) return;
    released(this.#stream);
    this.#stream = undefined;
    const error = new TypeError("the reader has released its stream");
    this.#settle.reject(error);
    this.#closed = Promise.reject(error);
    this.#closed.catch(() => {});
  }

  #try<T>(run: (stream: BodyStream) => T): T {
    if (this.#stream === undefined) throw new TypeError("the reader has released its stream");
    try {
      return run(this.#stream);
    } catch (error) {
      this.#settle.reject(error);
      throw error;
    }
  }
}

const iteratorOf = (reader: Reader, preventCancel: boolean): AsyncIterableIterator<Uint8Array> => {
  let over = false;
  const iterator = {
    async next(): Promise<IteratorResult<Uint8Array>> {
      if (over) return { value: undefined, done: true };
      const { value } = await reader.read();
      if (value !== undefined) return { value, done: false };
      over = true;
      reader.releaseLock();
      return { value: undefined, done: true };
    },
    async return(value: unknown): Promise<IteratorResult<Uint8Array>> {
      if (!over && !preventCancel) await reader.cancel();
      over = true;
      reader.releaseLock();
      return { value, done: true };
    },
    [asyncIterator]: () => iterator,
  };
  return iterator as AsyncIterableIterator<Uint8Array>;
};

expose(BodyStream, "ReadableStream");
expose(Reader, "ReadableStreamDefaultReader");
Object.defineProperty(BodyStream.prototype, asyncIterator, { value: BodyStream.prototype.values, writable: true, configurable: true });
