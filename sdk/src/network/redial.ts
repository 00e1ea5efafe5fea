/** Opening a connection again: attempts, and the waits before them. */

import type { CloseInfo, ReconnectingInfo } from "../../index";
import { coded } from "../core/error";
import { alarm } from "../core/global";
import { Attempt } from "./attempt";
import type { Life } from "./life";
import { calledOff } from "./options";
import { delayOf, type Plan } from "./plan";

export interface RedialListener {
  opened(life: Life, attempts: number): void;
  waits(info: ReconnectingInfo): void;

  /** Nothing is tried any more: because of an error, or after a close that is the last. */
  gaveUp(cause: CloseInfo | Error): void;
}

export class Redial {
  readonly #plan: Plan;
  #listener: RedialListener;
  #underWay: ((done: () => void) => void) | undefined; // ends the wait or the attempt
  #attempts = 0; // since the connection was last up for long enough
  #openedAt: number | undefined;

  readonly #onAbort = () => this.stop(() => this.#giveUp(calledOff(this.#plan.signal!)));

  constructor(plan: Plan, listener: RedialListener) {
    this.#plan = plan;
    this.#listener = listener;
  }

  set listener(listener: RedialListener) {
    this.#listener = listener;
  }

  /** Opens the connection for the first time. The site is where the extension has asked for it. */
  begin(site: Error): void {
    const { signal } = this.#plan;
    if (signal?.aborted) return this.#giveUp(calledOff(signal));
    signal?.addEventListener("abort", this.#onAbort);
    this.#attempt(site);
  }

  /** Opens the connection again, after it was lost. */
  lost(info: CloseInfo): void {
    if (Date.now() - this.#openedAt! >= this.#plan.minUptime) this.#attempts = 0;
    this.#plan.signal?.addEventListener("abort", this.#onAbort);
    this.#wait(info, false);
  }

  /** Ends what is under way. done is called once nothing of it is left. */
  stop(done: () => void): void {
    this.#plan.signal?.removeEventListener("abort", this.#onAbort);
    const end = this.#underWay;
    this.#underWay = undefined;
    if (end === undefined) done();
    else end(done);
  }

  #wait(cause: CloseInfo | Error, lasting: boolean): void {
    const verdict = this.#refusal(cause, lasting);
    if (verdict !== undefined) return this.#giveUp(verdict);
    const attempt = ++this.#attempts;
    const delay = delayOf(this.#plan, attempt);
    const stop = alarm(() => this.#attempt(), delay);
    this.#underWay = (done) => {
      stop();
      done();
    };
    this.#listener.waits({ attempt, delay, cause });
  }

  #attempt(site?: Error): void {
    const attempt = new Attempt(this.#plan, {
      opened: (life) => this.#opened(life),
      failed: (error, lasting) => this.#wait(error instanceof Error ? error : new Error(String(error)), lasting),
    });
    this.#underWay = (done) => attempt.stop(done);
    attempt.start(site);
  }

  #opened(life: Life): void {
    this.#plan.signal?.removeEventListener("abort", this.#onAbort);
    this.#underWay = undefined;
    this.#openedAt = Date.now();
    this.#listener.opened(life, this.#attempts);
  }

  #giveUp(cause: CloseInfo | Error): void {
    this.#plan.signal?.removeEventListener("abort", this.#onAbort);
    this.#underWay = undefined;
    this.#listener.gaveUp(cause);
  }

  /** Says with what it is over after this cause, or undefined if it is to go on. */
  #refusal(cause: CloseInfo | Error, lasting: boolean): CloseInfo | Error | undefined {
    const { signal, retryFirst, maxRetries, shouldReconnect } = this.#plan;
    if (signal?.aborted) return calledOff(signal);
    if (lasting || (this.#openedAt === undefined && !retryFirst)) return cause;
    if (this.#attempts >= maxRetries) return this.#attempts > 0 ? exhausted(this.#attempts, cause) : cause;
    try {
      return shouldReconnect === undefined || shouldReconnect(cause) ? undefined : cause;
    } catch (error) {
      return error instanceof Error ? error : new Error(`shouldReconnect threw ${String(error)}`);
    }
  }
}

/** What ends it after too many attempts has the code of what the last one failed of. */
function exhausted(attempts: number, cause: CloseInfo | Error): Error {
  const why = cause instanceof Error ? cause.message : `the connection was closed with ${cause.code}`;
  const code = cause instanceof Error ? (cause as { code?: string }).code : "ERR_CLOSED";
  const error = new Error(`gave up after ${attempts} attempts to connect again: ${why}`);
  return typeof code === "string" ? coded(error, code, cause) : error;
}
