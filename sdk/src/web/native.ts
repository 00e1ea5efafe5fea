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

  /** A second buffer with the same bytes, in the same memory. */
  shareBuffer(buffer: ArrayBuffer): ArrayBuffer;
  detachBuffer(buffer: ArrayBuffer): void;
  isDetached(buffer: ArrayBuffer): boolean;
}

export let native: Native;

/** Is called once, before any global is made. */
export function setNative(given: Native): void {
  native = given;
}
