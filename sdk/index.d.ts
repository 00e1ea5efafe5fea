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
 * - `ERR_LIMIT`: too many connections are open
 * - `ERR_TIMEOUT`: the connection took too long to open
 * - `ERR_HANDSHAKE`: the server did not agree to a WebSocket; the message has its status
 * - `ERR_DNS`, `ERR_TLS`, `ERR_CONNECT`: the server's name, its certificate, the way to it
 * - `ERR_ABORTED`: called off, by a signal or because the extension ends
 * - `ERR_NOT_OWNER`: the connection belongs to another extension
 * - `ERR_CLOSED`: the connection is not open any more
 * - `ERR_BUFFER_FULL`: more waits to be sent than may
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
  /**
   * Opens a WebSocket. The promise fulfils once it is open, and rejects, with
   * nothing left behind, if it can't be opened: see {@link ErrorCode}. An
   * extension can have 5 connections, those being opened included, unless its
   * host says otherwise.
   *
   * @param url begins with `ws://` or `wss://`; user info in it becomes an
   * `Authorization` header
   */
  createWebSocket(url: string | { readonly href: string }, options?: WebSocketOptions): Promise<WebSocketConnection>;
}

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
   * Sends a string as text, an `ArrayBuffer`, typed array or `DataView` as bytes,
   * and any other object or array as JSON text. The data is taken as it is now:
   * changing it afterwards changes nothing. Sends go out in call order.
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
