/** Calls to the host: numbered, answered once, each by a later message. */

import type { CodedError } from "./error";
import { part, receivers, send } from "./host";
import { Table } from "./table";

interface Pending {
  fulfil(result: unknown): void;
  reject(error: unknown): void;
  /** Made at the call, so that its stack leads to the extension's line. */
  site: Error | undefined;
}

const pending = new Table<Pending>();
let lastId = 0;

receivers.reply = (message) => {
  const id = typeof message["id"] === "number" ? `${message["id"]}` : message["id"];
  const call = pending.get(id);
  if (call === undefined) return;
  pending.delete(id);
  const error = message["error"];
  if (error === undefined || error === null) call.fulfil(message["result"]);
  else call.reject(rejection(error, message["code"], message["name"], call.site));
};

/**
 * Sends a call and returns its id. Exactly one of the two functions is called,
 * once, in the turn in which the host answers; both may be called before request
 * returns.
 */
export function request(
  method: string,
  params: object,
  fulfil: (result: unknown) => void,
  reject: (error: unknown) => void,
  site?: Error,
): string {
  const id = `${++lastId}`;
  pending.set(id, { fulfil, reject, site });
  try {
    send("rpc", { id, method, params });
  } catch (error) {
    pending.delete(id);
    reject(error);
  }
  return id;
}

/** Sends a call; the promise rejects with an Error whose stack leads to the caller. */
export function call(method: string, params: object): Promise<unknown> {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    request(method, params, fulfil, reject, site);
  });
}

/** Tells the host that nobody waits for the call's result any more. */
export function cancel(id: string): void {
  send("cancel", id);
}

function rejection(text: unknown, code: unknown, name: unknown, site: Error | undefined): CodedError {
  const { aborted, coded } = part<typeof import("./error")>("error");
  const message = typeof text === "string" ? text : describe(text);
  if (name === "AbortError") return aborted(message);
  const error = site ?? new Error();
  Object.defineProperty(error, "message", { value: message, writable: true, configurable: true });
  return typeof code === "string" ? coded(error, code) : error;
}

function describe(error: unknown): string {
  const message = typeof error === "object" && error !== null ? (error as Error).message : error;
  return String(message);
}
