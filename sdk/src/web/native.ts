/** What the host gives the web's globals: all that touches bytes, time and chance. */

export interface Native {
  /** Runs the callback after some milliseconds; nobody waits for it. */
  later(callback: () => void, ms: number): void;
  /** Milliseconds since the extension's start, and the time of that. */
  now(): number;
  readonly timeOrigin: number;

  /** The string with every lone surrogate replaced. */
  wellFormed(text: string): string;
  /** What the value is, whatever it says of itself: `Date`, `Proxy`, `Object` and so on. */
  classOf(value: object): string;

  /** The parts of a URL in the order of `Part`, or null if it isn't one. */
  parseURL(url: string, base: string | undefined): string[] | null;
  /** The parts of a URL after one of them has been set. */
  setURL(href: string, part: string, value: string): string[];
  /** Names and values by turns. */
  parseQuery(query: string): string[];
  encodeQuery(text: string): string;

  encodeText(text: string): ArrayBuffer;
  /** Units read and bytes written. */
  encodeTextInto(text: string, target: ArrayBufferView): [number, number];
  /** A function that decodes bytes, and returns null where they are wrong and that is fatal. */
  makeDecoder(encoding: string, fatal: boolean, ignoreBOM: boolean): (bytes: unknown, more: boolean) => string | null;
  /** null if a character is none of those that base64 is made of, or made from. */
  decodeBase64(text: string): string | null;
  encodeBase64(text: string): string | null;

  /** Of and to strings in one of Buffer's encodings. */
  bufferBytes(text: string, encoding: string): ArrayBuffer;
  bufferText(bytes: ArrayBufferView, encoding: string): string;
  /** How many bytes a string has in UTF-8, and how many of the first bytes are whole characters. */
  bufferSize(text: string): number;
  bufferWhole(bytes: ArrayBufferView, end: number): number;
  bufferCompare(a: ArrayBufferView, b: ArrayBufferView): number;
  bufferFind(bytes: ArrayBufferView, wanted: ArrayBufferView, last: boolean): number;

  fillRandom(view: ArrayBufferView): void;
  randomUUID(): string;

  /**
   * Makes a call of the host's. answered is told once, in a turn of its own; the number is 0 where
   * the host has refused the call already. Throws where no call can be taken any more.
   */
  request(method: string, params: object, answered: (failure: Failure | undefined, result: unknown) => Step): number;
  /** Nobody waits for the answer any more, which comes all the same. */
  cancelRequest(call: number): void;
  /** Has a function called with the events of a connection, until it has closed, each in a turn of its own. */
  listen(connectionId: string, receive: (event: string, data: unknown) => Step): void;

  /** A second buffer with the same bytes, in the same memory. */
  shareBuffer(buffer: ArrayBuffer): ArrayBuffer;
  detachBuffer(buffer: ArrayBuffer): void;
  isDetached(buffer: ArrayBuffer): boolean;
}

/** Why the host could not do what it was asked for. */
export interface Failure {
  readonly message: string;
  readonly code: string;
}

/** What is called next in the same turn, after all promise reactions; nothing, as a rule. */
export type Step = (() => Step) | undefined;

/** The host stands for this module. */
export declare const native: Native;
