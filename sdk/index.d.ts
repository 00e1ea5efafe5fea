/**
 * The SDK of editor extensions.
 *
 * ```ts
 * import editor from "@srcnexus/ext-sdk";
 *
 * editor.onLoad(async () => {
 *   const ws = await editor.network.createWebSocket("wss://echo.example.com");
 *   ws.onMessage((msg) => editor.window.showToast(msg.data));
 *   await ws.send("hello");
 * });
 * ```
 *
 * Every promise of the SDK rejects with an `Error` whose message is meant for a
 * person and whose `code`, where it has one, is meant for programs.
 */

/** Takes back a subscription. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** An error with a code that programs can rely on, such as `ERR_TIMEOUT`. */
export interface CodedError extends Error {
  code?: ErrorCode | (string & {});
}

/**
 * The codes of the network.
 *
 * - `ERR_INVALID_URL`: the URL can't be understood
 * - `ERR_URL_BLOCKED`: the URL is understood, and reserved for the editor itself
 * - `ERR_INVALID_HEADER`: a header or protocol is no valid HTTP, or not the extension's to set
 * - `ERR_LIMIT`: too many connections are open, or requests under way
 * - `ERR_TIMEOUT`: the connection took too long to open, or the response to come
 * - `ERR_HANDSHAKE`: the server did not agree to a WebSocket; the message has its status
 * - `ERR_DNS`, `ERR_TLS`, `ERR_CONNECT`: the server's name, its certificate, the way to it
 * - `ERR_ABORTED`: called off, by a signal or because the extension ends
 * - `ERR_NOT_OWNER`: the connection belongs to another extension
 * - `ERR_CLOSED`: the connection is not open any more
 * - `ERR_BUFFER_FULL`: more waits to be sent than may
 * - `ERR_REDIRECT`: a redirect of a request that is not followed
 * - `ERR_RESPONSE`: the server's response is cut short, or no HTTP
 * - `ERR_TOO_LARGE`: the body of a request or a response is larger than may be
 * - `ERR_INVALID_DATA`: an argument of the wrong type or shape
 * - `ERR_NOT_AVAILABLE`: this host doesn't offer the method
 * - `ERR_INTERNAL`: the host's own fault
 */
export type ErrorCode =
  | "ERR_INVALID_URL"
  | "ERR_URL_BLOCKED"
  | "ERR_INVALID_HEADER"
  | "ERR_LIMIT"
  | "ERR_TIMEOUT"
  | "ERR_HANDSHAKE"
  | "ERR_DNS"
  | "ERR_TLS"
  | "ERR_CONNECT"
  | "ERR_ABORTED"
  | "ERR_NOT_OWNER"
  | "ERR_CLOSED"
  | "ERR_BUFFER_FULL"
  | "ERR_REDIRECT"
  | "ERR_RESPONSE"
  | "ERR_TOO_LARGE"
  | "ERR_INVALID_DATA"
  | "ERR_NOT_AVAILABLE"
  | "ERR_INTERNAL";

/**
 * Registers a callback that runs once the top-level code has ended. Several run
 * in order of registration, each awaited before the next. One that throws or
 * rejects fails the activation: those after it don't run, and the extension
 * ends. Registered after loading, it runs soon, and its errors are reported on
 * the console.
 *
 * @throws TypeError if the callback is no function
 */
export declare function onLoad(callback: () => unknown): void;

/**
 * Registers a callback that runs when the extension is deactivated. Several run
 * in order of registration, each awaited before the next, also after errors,
 * which are reported. Together they have 5 seconds, a setting of the host. The
 * extension's connections are closed afterwards in any case.
 *
 * @throws TypeError if the callback is no function
 */
export declare function onDispose(callback: () => unknown): void;

/** Connections to other machines. No permission is needed. */
export interface Network {
  // Before the other one, whose options have room for these.
  /**
   * Opens a WebSocket that is opened again whenever it is lost, however it was:
   * by a failure, by a server that closes, also with 1000, or by a server that
   * goes away. Only its own `close()`, the signal, the limits in
   * {@link ReconnectOptions} and what no attempt can mend end it: a URL, a
   * header or a protocol that the host refuses. What the server answers to the
   * handshake, and `ERR_LIMIT`, are failures of one attempt.
   *
   * The URL, the headers and the protocols may be functions: they are called
   * for each attempt, for tokens that expire. Where one throws or rejects, the
   * attempt has failed. They have as long as the attempt itself has: `timeout`.
   *
   * If it can't be opened for the first time the promise rejects, unless
   * `retryFirst` is set.
   */
  createWebSocket(url: Provided<WebSocketURL>, options: ReconnectingOptions): Promise<ReconnectingConnection>;

  /**
   * Opens a WebSocket. The promise fulfils once it is open, and rejects, with
   * nothing left behind, if it can't be opened: see {@link ErrorCode}. An
   * extension can have 5 connections, those being opened included, unless its
   * host says otherwise.
   *
   * @param url begins with `ws://` or `wss://`; user info in it becomes an
   * `Authorization` header
   */
  createWebSocket(url: WebSocketURL, options?: WebSocketOptions): Promise<WebSocketConnection>;

  /**
   * Makes an HTTP request, and gives the whole response, whatever its status is.
   * The promise rejects if there is none: see {@link ErrorCode}. At most 10
   * redirects are followed, each judged like any other URL, and none from https
   * to http. `Authorization` and `Cookie` go no further than to the origin that
   * they were given for; cookies are not kept. A request that may be repeated,
   * such as a GET, is sent twice if a connection in use turns out to be dead. An
   * extension can have 32 requests under way, unless its host says otherwise.
   *
   * The web's `fetch` is there as well, as a global.
   *
   * @param url begins with `http://` or `https://`; user info in it becomes an
   * `Authorization` header
   */
  fetch(url: string | { readonly href: string }, options: FetchOptions & { responseType: "bytes" }): Promise<FetchResult<Uint8Array>>;
  fetch(url: string | { readonly href: string }, options?: FetchOptions & { responseType?: "text" | "base64" | undefined }): Promise<FetchResult>;
  fetch(url: string | { readonly href: string }, options: FetchOptions): Promise<FetchResult<string | Uint8Array>>;
}

export interface FetchOptions {
  /** In any case; the default is GET. CONNECT and TRACE are refused. */
  method?: string | undefined;

  /**
   * Those that belong to the connection, such as `Host` and `Content-Length`,
   * can't be set.
   */
  headers?: Record<string, string> | HeadersLike | undefined;

  /**
   * A `Blob` is sent as its bytes, a `FormData` as multipart/form-data, and
   * other objects than these, and arrays, as JSON. `Content-Type` is set to match
   * unless `headers` has it, but not for bytes. GET and HEAD have no body, and
   * 64 MiB are the most.
   */
  body?: string | ArrayBuffer | ArrayBufferView | URLSearchParamsLike | object | null | undefined;

  /** What `body` of the result is: UTF-8 text, or the bytes in base64 or as they are. The default is text. */
  responseType?: "text" | "base64" | "bytes" | undefined;

  /** Aborting it rejects with an `AbortError`, `ERR_ABORTED`, once the request is gone. */
  signal?: AbortSignalLike | null | undefined;

  /** How long all of it may take, in milliseconds. The default is 300,000. */
  timeout?: number | undefined;
}

export interface FetchResult<Body = string> {
  readonly status: number;
  readonly statusText: string;

  /** Whether the status is one of 200 to 299. */
  readonly ok: boolean;

  /** By names in lower case; several of one name are joined with `", "`. */
  readonly headers: Record<string, string>;

  /** Decompressed; at most 64 MiB, unless the host says otherwise. */
  readonly body: Body;
  readonly responseType: "text" | "base64" | "bytes";
}

/** What the SDK needs of a `URLSearchParams`. */
export interface URLSearchParamsLike {
  toString(): string;
  getAll(name: string): string[];
}

export type WebSocketURL = string | { readonly href: string };

/** A value, or a function that gives it, or a promise of it, each time it is needed. */
export type Provided<T> = T | (() => T | PromiseLike<T>);

export interface WebSocketOptions {
  /**
   * HTTP headers of the opening handshake. Those that make the handshake what it
   * is, such as `Host` and `Upgrade`, can't be set; `Origin`, `Cookie`,
   * `Authorization` and `User-Agent` can.
   */
  headers?: Record<string, string> | HeadersLike | undefined;

  /** Subprotocols to offer, the preferred one first. */
  protocols?: string | readonly string[] | undefined;

  /** Aborting it before the connection is open rejects with an `AbortError`, `ERR_ABORTED`. */
  signal?: AbortSignalLike | null | undefined;

  /** How long opening may take, in milliseconds. The default is 30,000. */
  timeout?: number | undefined;

  /**
   * Whether the connection is opened again when it is lost: see
   * {@link ReconnectingOptions}. Where this is known only at run time, so is
   * whether it is a {@link ReconnectingConnection}.
   */
  reconnect?: boolean | ReconnectOptions | null | undefined;
}

/** The options of a connection that is opened again when it is lost. */
export interface ReconnectingOptions {
  headers?: Provided<Record<string, string> | HeadersLike | undefined>;
  protocols?: Provided<string | readonly string[] | undefined>;

  /**
   * Aborting it calls off what is under way, as for any connection, and there
   * are no attempts any more. A connection that is open stays open until it is
   * lost.
   */
  signal?: AbortSignalLike | null | undefined;

  /** How long each attempt may take, in milliseconds. The default is 30,000. */
  timeout?: number | undefined;

  /** `true` stands for all the defaults. */
  reconnect: true | ReconnectOptions;
}

/** How a connection is opened again. Times are in milliseconds. Settings of other names are refused. */
export interface ReconnectOptions {
  /** The shortest wait before an attempt. The default is 1,000. */
  minReconnectionDelay?: number | undefined;

  /** The longest wait before an attempt. The default is 30,000. */
  maxReconnectionDelay?: number | undefined;

  /**
   * How fast waits grow. The wait before attempt n is anything, equally likely,
   * between the shortest and the shortest times this to the power of n, up to
   * the longest; so clients that were lost together don't come back together.
   * The default is 2; with 1 all waits are the shortest.
   */
  reconnectionDelayGrowFactor?: number | undefined;

  /**
   * How long a connection must have been open for attempts to be counted from
   * one again. The default is 5,000. Before, the waits go on growing: a server
   * that accepts and drops at once is not hammered.
   */
  minUptime?: number | undefined;

  /** How many attempts in a row may be made. By default there is no limit. */
  maxRetries?: number | undefined;

  /**
   * How many sends may wait while there is no connection. The default is 1,000.
   * With 0 they are refused with `ERR_CLOSED`.
   */
  maxEnqueuedMessages?: number | undefined;

  /** How many bytes those may have, a text counting with its length. The default is 4 MiB. */
  maxEnqueuedBytes?: number | undefined;

  /** Whether opening for the first time is also tried again, instead of rejecting. The default is `false`. */
  retryFirst?: boolean | undefined;

  /**
   * Decides after each loss, which has a {@link CloseInfo}, and each attempt
   * that failed, which has an error, whether to go on. What it throws ends the
   * connection. By default it goes on.
   */
  shouldReconnect?: ((cause: CloseInfo | CodedError) => boolean) | undefined;
}

/** An attempt that is to come. */
export interface ReconnectingInfo {
  /** Its number, counted from one since the connection was last open for `minUptime`. */
  readonly attempt: number;
  /** In how many milliseconds it is made. */
  readonly delay: number;
  /** How the connection was closed, or why the attempt before failed. */
  readonly cause: CloseInfo | CodedError;
}

export interface ReconnectedInfo {
  /** How many attempts it took. */
  readonly attempts: number;
}

/** What can stand for headers besides a plain object: a `Headers`, or a `Map`. */
export interface HeadersLike {
  forEach(callback: (value: string, name: string) => void): void;
}

/** What the SDK needs of an `AbortSignal`. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** A message of the server. `data` is a string in both. */
export type WebSocketMessage = TextMessage | BinaryMessage;

export interface TextMessage {
  readonly data: string;
  readonly binary?: undefined;
  readonly bytes?: undefined;
}

export interface BinaryMessage {
  /** The bytes in base64, computed when it is first read, from the bytes as they are then. */
  readonly data: string;
  readonly binary: true;
  /** The bytes themselves, the handlers' to keep. */
  readonly bytes: Uint8Array;
}

export interface CloseInfo {
  /**
   * The code that the peer sent; 1005 if it sent none; 1006 if the connection
   * ended without a closing handshake; else what this side ended it with.
   */
  readonly code: number;
  /** The reason that the peer gave, or an empty string. */
  readonly reason: string;
}

export interface ErrorInfo {
  readonly message: string;
}

/**
 * An open WebSocket.
 *
 * Handlers run in order of registration; adding and removing them in a handler
 * takes effect with the next event. One that throws, or returns a promise that
 * rejects, is reported on the console, and the others still run.
 *
 * Events arrive in the order in which they happened, and all promise reactions
 * of one have run before the next. Those that come before there is a handler of
 * their kind are held, and delivered in order soon after it is registered: not
 * within the registration, but in later turns. An event waits for the earlier
 * ones that have a handler, not for those that have none. At most 1,024
 * messages or 8 MiB (a text counts with its length) are held while no message
 * handler was ever registered: then the oldest go, with a warning. Errors and
 * the close are never dropped.
 *
 * The close is the last event for all handlers that are registered by then; they
 * are gone after it. A failure is an error, followed by the close.
 */
export interface WebSocketConnection {
  /** Names this connection: the extension's id, `_ws_`, and a number. */
  readonly connectionId: string;

  /** The URL in the form in which it was dialled. */
  readonly url: string;

  /** The subprotocol that the server chose, or an empty string. */
  readonly protocol: string;

  /** How many bytes wait to be sent. */
  readonly bufferedAmount: number;

  /**
   * Sends a string as text, an `ArrayBuffer`, typed array, `DataView` or `Blob` as
   * bytes, and any other object or array as JSON text. The data is taken as it is
   * now: changing it afterwards changes nothing. Sends go out in call order.
   *
   * The promise fulfils once the operating system has the data, and rejects if
   * it never will: `ERR_INVALID_DATA` for what can't be sent, `ERR_BUFFER_FULL`
   * if more than 16 MiB would wait, `ERR_CLOSED` if the connection isn't open.
   */
  send(data: string | object): Promise<void>;

  /**
   * Ends the connection: everything sent before goes out, then the closing
   * handshake takes place. A server that takes nothing for 5 seconds, or doesn't
   * answer for as long, is cut; so is one that has not taken everything after a
   * minute. No message is delivered any more. The promise fulfils after the close
   * event, and at once if the connection is closed already.
   *
   * @param code 1000, the default, or 3000 to 4999
   * @param reason at most 123 bytes of UTF-8; with a wrong code or reason the
   * promise rejects, and the connection stays open
   */
  close(code?: number, reason?: string): Promise<void>;

  /** @throws TypeError if the handler is no function */
  onMessage(handler: (message: WebSocketMessage) => unknown): Unsubscribe;

  /** @throws TypeError if the handler is no function */
  onClose(handler: (info: CloseInfo) => unknown): Unsubscribe;

  /** @throws TypeError if the handler is no function */
  onError(handler: (error: ErrorInfo) => unknown): Unsubscribe;

  /**
   * The messages, for `for await (const message of ws)`. A loop has all that
   * come once it has begun, whatever its body waits for, and those that were
   * held if nobody else listens: nothing is dropped while it runs. Where more
   * than 256 messages or 1 MiB wait for it, the connection is not read on, and
   * the server has to wait; so is its close then. Each loop, and each handler
   * beside it, has every message.
   *
   * The loop ends after the last message before the close, however the
   * connection was closed: `onClose` and `onError` say how, and may do so while
   * the loop is still behind. After an own `close()` it ends at once, without
   * what it has not taken. Leaving the loop leaves the connection open: messages
   * are held again as before the first handler, those first that the loop has
   * not taken.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<WebSocketMessage>;
}

/**
 * A WebSocket that is opened again when it is lost. Handlers and loops live
 * through it; `onClose` and the ends of loops are the final end only.
 *
 * A loss is an error, if it was a failure, then `onReconnecting` before each
 * attempt, then `onReconnected`. All messages of a connection come before the
 * `onReconnecting` of its loss. These two, unlike other events, are not held for
 * handlers that come later; errors are held until the connection is open again.
 *
 * A send while there is no connection waits, within the bounds of
 * {@link ReconnectOptions}: `ERR_BUFFER_FULL` past them. So does one that was
 * still waiting when the connection was lost, unless it was with the operating
 * system: its promise has fulfilled then, and whether the server got it, nobody
 * knows. Nothing is sent twice. What waits goes out in the order of the calls
 * as soon as the connection is open, before anything that is sent in
 * `onReconnected`; at the final end it rejects with `ERR_CLOSED`.
 *
 * When it is given up, there is an error that says why, unless `shouldReconnect`
 * said so after a close; then `onClose` has how the connection was last closed.
 * So it has after a `close()` while there is no connection.
 */
export interface ReconnectingConnection extends WebSocketConnection {
  /** Names the connection that is open, or was open last: each has an id of its own. */
  readonly connectionId: string;

  /** How many bytes wait to be sent, those that wait for the connection included. */
  readonly bufferedAmount: number;

  /** @throws TypeError if the handler is no function */
  onReconnecting(handler: (info: ReconnectingInfo) => unknown): Unsubscribe;

  /** @throws TypeError if the handler is no function */
  onReconnected(handler: (info: ReconnectedInfo) => unknown): Unsubscribe;
}

/** What the editor shows. */
export interface Window {
  /** Shows a short message for a moment. */
  showToast(message: string): Promise<void>;
}

/** What this host offers beyond the platform, by the names that it documents. */
export interface Host {
  /**
   * Calls a method of the host.
   *
   * @param method the full name, such as `"git.status"`
   * @param params named arguments: data only
   */
  call(method: string, params?: object): Promise<unknown>;

  /**
   * Registers a handler of an event that the host pushes. Events without a
   * handler are dropped.
   *
   * @throws TypeError if the name is empty or the handler no function
   */
  on(event: string, handler: (data: any) => unknown): Unsubscribe;
}

export declare const network: Network;
export declare const window: Window;
export declare const host: Host;

/** All of the module in one object, which is also what `require` returns. */
export interface Editor {
  readonly onLoad: typeof onLoad;
  readonly onDispose: typeof onDispose;
  readonly network: Network;
  readonly window: Window;
  readonly host: Host;
}

declare const editor: Editor;
export default editor;
