/**
 * The web's own network, which every extension finds beside the SDK: `WebSocket`
 * and `fetch`, and what belongs to them. It is for those who have neither
 * TypeScript's `lib.dom` or `lib.webworker` nor `@types/node`, which declare
 * these names too:
 *
 * ```json
 * { "compilerOptions": { "lib": ["ES2023"], "types": ["@srcnexus/ext-sdk/globals"] } }
 * ```
 *
 * Beside one of them it declares nothing more. `types` must name it after `node`.
 */
export {};

/** What of this is there only without the others' types: only pages and workers have `location`, only Node.js `__dirname`. */
type Own<T> = typeof globalThis extends { location: any } ? {} : typeof globalThis extends { __dirname: any } ? {} : T;

/** The value of a global: of the type that the others have declared, or else of ours. */
type Global<Name extends string, T> = typeof globalThis extends { location: any }
  ? Declared<Name>
  : typeof globalThis extends { __dirname: any } ? Declared<Name> : T;
// @ts-ignore: it comes with Node.js' types, and is asked only beside them
type Undici = typeof import("undici-types");
/** The same for what Node.js' types declare as Undici's from 24 or 25 on: it can't be asked for by its name where it may be missing. */
type LateGlobal<Name extends string, T> = typeof globalThis extends { location: any }
  ? Declared<Name>
  : typeof globalThis extends { __dirname: any } ? (Undici extends { [K in Name]: infer U } ? U : T) : T;
type Declared<Name extends string> = typeof globalThis extends { [K in Name]: infer T } ? T : never;

type Bytes = ArrayBuffer | ArrayBufferView;
/** A text, or a URL. */
type Address = string | { readonly href: string };
type Pairs = Iterable<readonly [string, string]>;
type Handler<This, E> = ((this: This, event: E) => any) | null;
type Listener<E> = ((event: E) => any) | { handleEvent(event: E): any };

interface ListenerOptions {
  capture?: boolean | undefined;
  once?: boolean | undefined;
  passive?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

interface OwnEvent {
  readonly type: string;
  readonly target: EventTarget | null;
  readonly currentTarget: EventTarget | null;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly defaultPrevented: boolean;
  readonly isTrusted: boolean;
  readonly timeStamp: number;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}

interface OwnEventTarget {
  addEventListener(type: string, listener: Listener<Event> | null, options?: boolean | ListenerOptions): void;
  removeEventListener(type: string, listener: Listener<Event> | null, options?: boolean | { capture?: boolean | undefined }): void;
  dispatchEvent(event: Event): boolean;
}

interface OwnAbortSignal extends OwnEventTarget {
  readonly aborted: boolean;
  readonly reason: any;
  onabort: Handler<AbortSignal, Event>;
  throwIfAborted(): void;
}

interface OwnHeaders extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string, headers: Headers) => void, self?: any): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
}

interface OwnBlob {
  readonly size: number;
  /** In lower case; empty where there is none. */
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  slice(start?: number, end?: number, contentType?: string): Blob;
  /** All of the blob as one chunk. */
  stream(): OwnStream;
  text(): Promise<string>;
}

interface BlobOptions {
  /** `native` makes every line break of texts a `\n`. */
  endings?: "transparent" | "native" | undefined;
  type?: string | undefined;
}

type BlobPart = string | Bytes | Blob;
type BlobParts = Iterable<BlobPart> & object;

interface OwnFile extends OwnBlob {
  readonly name: string;
  readonly lastModified: number;
}

interface OwnFormData extends Iterable<[string, File | string]> {
  append(name: string, value: string): void;
  append(name: string, value: Blob, filename?: string): void;
  delete(name: string): void;
  get(name: string): File | string | null;
  getAll(name: string): (File | string)[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  set(name: string, value: Blob, filename?: string): void;
  forEach(callback: (value: File | string, name: string, form: FormData) => void, self?: any): void;
  entries(): IterableIterator<[string, File | string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<File | string>;
}

/** What is needed of a `URLSearchParams`. */
interface Params {
  getAll(name: string): string[];
  toString(): string;
}

/** What can be sent. An object that is to be sent as JSON has to be made a text of. */
type BodyContent = string | Bytes | Blob | FormData | Params;

interface Choices {
  /** It is copied at once. GET and HEAD have none. */
  body?: BodyContent | null | undefined;
  headers?: Headers | Record<string, string> | Pairs | undefined;
  method?: string | undefined;
  redirect?: "follow" | "error" | "manual" | undefined;
  signal?: AbortSignal | null | undefined;
  /** Accepted, without any effect: there is no page, no cache, and no jar of cookies. */
  cache?: "default" | "no-store" | "reload" | "no-cache" | "force-cache" | undefined;
  credentials?: "omit" | "same-origin" | "include" | undefined;
  duplex?: "half" | undefined;
  keepalive?: boolean | undefined;
  mode?: "cors" | "no-cors" | "same-origin" | undefined;
  referrer?: string | undefined;
}

interface OwnStream {
  readonly locked: boolean;
  cancel(reason?: any): Promise<void>;
  getReader(): OwnReader;
  values(options?: { preventCancel?: boolean | undefined }): AsyncIterableIterator<Uint8Array>;
  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array>;
}

interface OwnReader {
  readonly closed: Promise<void>;
  read(): Promise<{ done: false; value: Uint8Array } | { done: true; value: undefined }>;
  cancel(reason?: any): Promise<void>;
  releaseLock(): void;
}

interface OwnBody {
  /** All of the body as one chunk: it is received before `fetch` fulfils. */
  readonly body: OwnStream | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
  /** Of multipart/form-data, with 10,000 parts at most, or of application/x-www-form-urlencoded. */
  formData(): Promise<FormData>;
  json(): Promise<any>;
  text(): Promise<string>;
}

interface OwnRequest extends OwnBody {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: "follow" | "error" | "manual";
  readonly signal: AbortSignal;
  clone(): Request;
}

interface Answer {
  headers?: Choices["headers"];
  status?: number | undefined;
  statusText?: string | undefined;
}

interface OwnResponse extends OwnBody {
  readonly type: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly ok: boolean;
  readonly statusText: string;
  readonly headers: Headers;
  clone(): Response;
}

interface OwnMessageEvent extends OwnEvent {
  /** A string, or an ArrayBuffer or a Blob, as `binaryType` says. */
  readonly data: any;
  readonly origin: string;
}

interface OwnCloseEvent extends OwnEvent {
  readonly wasClean: boolean;
  readonly code: number;
  readonly reason: string;
}

interface OwnErrorEvent extends OwnEvent {
  /** Why the connection failed. */
  readonly message: string;
  readonly error: any;
}

interface OwnNavigator {
  readonly userAgent: string;
  readonly language: string;
  readonly languages: readonly string[];
  readonly onLine: boolean;
  readonly hardwareConcurrency: number;
}

interface EventOptions {
  bubbles?: boolean | undefined;
  cancelable?: boolean | undefined;
}

interface SocketEvents {
  open: Event;
  message: MessageEvent;
  error: ErrorEvent;
  close: CloseEvent;
}

interface OwnWebSocket extends OwnEventTarget {
  readonly url: string;
  readonly protocol: string;
  readonly extensions: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  /** Unlike in browsers, it is `arraybuffer` at first. */
  binaryType: "arraybuffer" | "blob";
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  onopen: Handler<WebSocket, Event>;
  onmessage: Handler<WebSocket, MessageEvent>;
  onerror: Handler<WebSocket, Event>;
  onclose: Handler<WebSocket, CloseEvent>;
  send(data: string | Bytes | Blob): void;
  close(code?: number, reason?: string): void;
  addEventListener<K extends keyof SocketEvents>(type: K, listener: Listener<SocketEvents[K]> | null, options?: boolean | ListenerOptions): void;
  addEventListener(type: string, listener: Listener<Event> | null, options?: boolean | ListenerOptions): void;
  removeEventListener<K extends keyof SocketEvents>(type: K, listener: Listener<SocketEvents[K]> | null, options?: boolean | { capture?: boolean }): void;
  removeEventListener(type: string, listener: Listener<Event> | null, options?: boolean | { capture?: boolean }): void;
}

interface SocketOptions {
  headers?: Choices["headers"];
  protocols?: string | string[] | undefined;
}

declare global {
  interface Event extends Own<OwnEvent> {}
  interface EventTarget extends Own<OwnEventTarget> {}
  interface AbortSignal extends Own<OwnAbortSignal> {}
  interface AbortController extends Own<{ readonly signal: AbortSignal; abort(reason?: any): void }> {}
  interface Headers extends Own<OwnHeaders> {}
  interface Request extends Own<OwnRequest> {}
  interface RequestInit extends Own<Choices> {}
  interface Response extends Own<OwnResponse> {}
  interface ResponseInit extends Own<Answer> {}
  interface Blob extends Own<OwnBlob> {}
  interface File extends Blob, Own<OwnFile> {}
  interface FormData extends Own<OwnFormData> {}
  interface Navigator extends Own<OwnNavigator> {}
  interface MessageEvent extends Own<OwnMessageEvent> {}
  interface CloseEvent extends Own<OwnCloseEvent> {}
  interface ErrorEvent extends Own<OwnErrorEvent> {}
  interface WebSocket extends Own<OwnWebSocket> {}

  var Event: Global<"Event", { prototype: Event; new (type: string, options?: EventOptions): Event }>;
  var EventTarget: Global<"EventTarget", { prototype: EventTarget; new (): EventTarget }>;
  var AbortController: Global<"AbortController", { prototype: AbortController; new (): AbortController }>;
  var AbortSignal: Global<"AbortSignal", {
    prototype: AbortSignal;
    abort(reason?: any): AbortSignal;
    any(signals: Iterable<AbortSignal>): AbortSignal;
    timeout(ms: number): AbortSignal;
  }>;
  var Headers: Global<"Headers", { prototype: Headers; new (init?: Choices["headers"]): Headers }>;
  var Request: Global<"Request", { prototype: Request; new (input: Address | Request, options?: RequestInit): Request }>;
  var Response: Global<"Response", {
    prototype: Response;
    new (body?: Choices["body"] | OwnStream, options?: ResponseInit): Response;
    error(): Response;
    json(data: any, options?: ResponseInit): Response;
    redirect(url: Address, status?: number): Response;
  }>;
  var Blob: Global<"Blob", { prototype: Blob; new (parts?: BlobParts, options?: BlobOptions): Blob }>;
  var File: Global<"File", {
    prototype: File;
    new (bits: BlobParts, name: string, options?: BlobOptions & { lastModified?: number | undefined }): File;
  }>;
  var FormData: Global<"FormData", { prototype: FormData; new (): FormData }>;
  var MessageEvent: Global<"MessageEvent", {
    prototype: MessageEvent;
    new (type: string, options?: EventOptions & { data?: any; lastEventId?: string; origin?: string }): MessageEvent;
  }>;
  var CloseEvent: LateGlobal<"CloseEvent", {
    prototype: CloseEvent;
    new (type: string, options?: EventOptions & { code?: number; reason?: string; wasClean?: boolean }): CloseEvent;
  }>;
  var ErrorEvent: LateGlobal<"ErrorEvent", {
    prototype: ErrorEvent;
    new (type: string, options?: EventOptions & { error?: any; message?: string }): ErrorEvent;
  }>;
  var navigator: Global<"navigator", Navigator>;
  var WebSocket: Global<"WebSocket", {
    prototype: WebSocket;
    new (url: Address, protocols?: string | string[] | SocketOptions): WebSocket;
    readonly CONNECTING: 0;
    readonly OPEN: 1;
    readonly CLOSING: 2;
    readonly CLOSED: 3;
  }>;

  /**
   * Asks a server, as `network.fetch` does. It fulfils once all of the answer is
   * there, whatever its status, and rejects with a TypeError, whose `cause` has a
   * `code` such as `ERR_CONNECT`, or with the reason of the signal.
   */
  function fetch(input: Address | Request, options?: RequestInit): Promise<Response>;
}
