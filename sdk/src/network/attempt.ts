/** One try to open a connection that is opened again and again. */

import { type CodedError, coded } from "../core/error";
import { alarm } from "../core/global";
import { call, cancel, request } from "../core/rpc";
import { type Life, lifeOf } from "./life";
import { type ConnectParams, connectParams } from "./options";
import type { Plan } from "./plan";

/** What came of it: one of the two is called, once, unless the attempt was called off. */
export interface Outcome {
  opened(life: Life): void;

  /** lasting: the next attempt would fail alike. */
  failed(error: unknown, lasting: boolean): void;
}

const lastingCodes = new Set<unknown>([
  "ERR_INVALID_URL",
  "ERR_URL_BLOCKED",
  "ERR_INVALID_HEADER",
  "ERR_INVALID_DATA",
  "ERR_ABORTED",
  "ERR_NOT_AVAILABLE",
]);

export class Attempt {
  readonly #plan: Plan;
  readonly #outcome: Outcome;
  #call: string | undefined; // to the host, once there is one
  #stopAlarm: (() => void) | undefined; // while the extension's functions are waited for
  #over = false;
  #calledOff: (() => void) | undefined;

  constructor(plan: Plan, outcome: Outcome) {
    this.#plan = plan;
    this.#outcome = outcome;
  }

  /** Begins. The site is where the extension has asked for it. */
  start(site?: Error): void {
    const { url, headers, protocols } = this.#plan;
    if (![url, headers, protocols].some((part) => typeof part === "function")) {
      return this.#open(url, headers, protocols, site);
    }
    this.#stopAlarm = alarm(() => this.#fail(this.#tooSlow(), false), this.#plan.providing);
    new Promise<unknown[]>((fulfil) => fulfil(Promise.all([url, headers, protocols].map(provided)))).then(
      (parts) => this.#over || this.#open(parts[0], parts[1], parts[2], site),
      (error: unknown) => this.#fail(error, false),
    );
  }

  /** Calls it off. done is called once nothing of it is left: soon, if the host was asked already. */
  stop(done: () => void): void {
    this.#calledOff = done;
    if (this.#call !== undefined) return cancel(this.#call);
    this.#finish();
    done();
  }

  #open(url: unknown, headers: unknown, protocols: unknown, site: Error | undefined): void {
    this.#stopAlarm?.();
    let params: ConnectParams;
    try {
      params = connectParams(url, { headers, protocols, timeout: this.#plan.timeout });
    } catch (error) {
      return this.#fail(error, true);
    }
    this.#call = request("network.wsConnect", params, (reply) => this.#opened(lifeOf(reply, params)), (error) => this.#refused(error), site);
  }

  #opened(life: Life): void {
    const done = this.#calledOff;
    if (done === undefined) return this.#outcome.opened(life);
    call("network.wsClose", { connectionId: life.connectionId }).then(done, done);
  }

  #refused(error: unknown): void {
    if (this.#calledOff !== undefined) this.#calledOff();
    else this.#fail(error, lastingCodes.has((error as CodedError | undefined)?.code));
  }

  #fail(error: unknown, lasting: boolean): void {
    if (this.#over) return;
    this.#finish();
    this.#outcome.failed(error, lasting);
  }

  #finish(): void {
    this.#over = true;
    this.#stopAlarm?.();
  }

  #tooSlow(): Error {
    const text = `the functions that give the URL, headers and protocols have not answered within ${this.#plan.providing} ms`;
    return coded(new Error(text), "ERR_TIMEOUT");
  }
}

function provided(part: unknown): unknown {
  return typeof part === "function" ? part() : part;
}
