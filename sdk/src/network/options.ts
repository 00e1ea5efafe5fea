/** What an extension may say about a connection that it opens. */

import { aborted as abortError, coded, invalid, kindOf } from "../core/error";

export interface ConnectParams {
  url: string;
  protocols: string[];
  headers?: Record<string, string>;
  timeout?: number;
}

export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

interface Options {
  headers?: unknown;
  protocols?: unknown;
  signal?: unknown;
  timeout?: unknown;
}

/** Returns the params of network.wsConnect, or throws what is wrong with the arguments. */
export function connectParams(url: unknown, options: unknown): ConnectParams {
  if (options !== undefined && options !== null && typeof options !== "object") {
    throw invalid(`createWebSocket needs an object of options, got ${kindOf(options)}`);
  }
  const { headers, protocols, timeout } = (options ?? {}) as Options;
  const params: ConnectParams = { url: urlText(url), protocols: protocolList(protocols) };
  if (headers !== undefined && headers !== null) params.headers = headerRecord(headers);
  if (timeout !== undefined) params.timeout = milliseconds(timeout);
  return params;
}

/** Returns the options' signal, or throws if it is something else. */
export function signalOf(options: unknown): Signal | undefined {
  const signal = (options as Options | undefined | null)?.signal;
  if (signal === undefined || signal === null) return undefined;
  const { aborted, addEventListener } = signal as Signal;
  if (typeof aborted !== "boolean" || typeof addEventListener !== "function") {
    throw invalid(`options.signal must be an AbortSignal, got ${kindOf(signal)}`);
  }
  return signal as Signal;
}

/** The rejection of an opening that the signal has called off. */
export function calledOff(signal: Signal): Error {
  return abortError("opening the WebSocket was aborted", signal.reason);
}

/** Reports whether the connection is to be opened again when it is lost. */
export function reconnects(options: unknown): boolean {
  const reconnect = (options as { reconnect?: unknown } | undefined | null)?.reconnect;
  return reconnect !== undefined && reconnect !== null && reconnect !== false;
}

function urlText(url: unknown): string {
  if (typeof url === "string") return url;
  if (typeof url === "object" && url !== null && typeof (url as { href?: unknown }).href === "string") {
    return (url as { href: string }).href;
  }
  throw coded(new TypeError(`Invalid WebSocket URL: expected a string, got ${kindOf(url)}`), "ERR_INVALID_URL");
}

function protocolList(protocols: unknown): string[] {
  if (protocols === undefined || protocols === null) return [];
  const list: unknown[] = Array.isArray(protocols) ? protocols : [protocols];
  for (let i = 0; i < list.length; i++) {
    if (typeof list[i] !== "string") {
      const text = `options.protocols must be a string or an array of strings, got ${kindOf(list[i])}`;
      throw coded(new TypeError(text), "ERR_INVALID_HEADER");
    }
  }
  return list.slice() as string[];
}

/** Copies the headers of a plain object, or of anything with a Headers-like forEach. */
export function headerRecord(headers: unknown): Record<string, string> {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) {
    const text = `options.headers must be an object of strings, got ${kindOf(headers)}`;
    throw coded(new TypeError(text), "ERR_INVALID_HEADER");
  }
  const copy: Record<string, string> = Object.create(null);
  const put = (value: unknown, name: string) => {
    if (typeof value !== "string") {
      throw coded(new TypeError(`header ${name} must be a string, got ${kindOf(value)}`), "ERR_INVALID_HEADER");
    }
    copy[name] = value;
  };
  const { forEach } = headers as { forEach?: unknown };
  if (typeof forEach === "function") forEach.call(headers, put);
  else Object.entries(headers).forEach(([name, value]) => put(value, name));
  return copy;
}

export function milliseconds(timeout: unknown): number {
  if (typeof timeout === "number" && timeout > 0 && timeout < Infinity) return timeout;
  throw invalid(`options.timeout must be a number of milliseconds above 0, got ${String(timeout)}`);
}
