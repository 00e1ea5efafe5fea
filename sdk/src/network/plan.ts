/** How a connection is opened, and opened again when it is lost. */

import type { CloseInfo, ReconnectOptions } from "../../index";
import { invalid, kindOf } from "../core/error";
import { type Signal, signalOf } from "./options";

export interface Plan {
  /** As the extension gave them: functions are called for each attempt. */
  readonly url: unknown;
  readonly headers: unknown;
  readonly protocols: unknown;
  readonly timeout: unknown;

  /** How long those functions may take, in milliseconds. */
  readonly providing: number;
  readonly signal: Signal | undefined;
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly factor: number;
  readonly minUptime: number;
  readonly maxRetries: number;
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly retryFirst: boolean;
  readonly shouldReconnect: ((cause: CloseInfo | Error) => unknown) | undefined;
}

type Options = { readonly [name: string]: unknown };

const settings: readonly (keyof ReconnectOptions)[] = [
  "minReconnectionDelay",
  "maxReconnectionDelay",
  "reconnectionDelayGrowFactor",
  "minUptime",
  "maxRetries",
  "maxEnqueuedMessages",
  "maxEnqueuedBytes",
  "retryFirst",
  "shouldReconnect",
];

/** Returns the plan that the arguments of createWebSocket describe, or throws what is wrong with it. */
export function planOf(url: unknown, given: unknown): Plan {
  const options = given as Options;
  const { headers, protocols, timeout } = options;
  const reconnect = settingsOf(options["reconnect"]);
  const number = (name: string, byDefault: number, least = 0) => numberOf(reconnect, name, byDefault, least);
  return {
    url,
    headers,
    protocols,
    timeout,
    providing: typeof timeout === "number" && timeout > 0 ? timeout : 30_000,
    signal: signalOf(options),
    minDelay: number("minReconnectionDelay", 1000),
    maxDelay: number("maxReconnectionDelay", 30_000),
    factor: number("reconnectionDelayGrowFactor", 2, 1),
    minUptime: number("minUptime", 5000),
    maxRetries: number("maxRetries", Infinity),
    maxMessages: number("maxEnqueuedMessages", 1000),
    maxBytes: number("maxEnqueuedBytes", 4 * 1024 * 1024),
    retryFirst: flagOf(reconnect, "retryFirst"),
    shouldReconnect: predicateOf(reconnect["shouldReconnect"]),
  };
}

/**
 * How long to wait before an attempt, counted from one: between the least delay
 * and a limit that grows with each attempt, anything is as likely. So clients
 * that were lost together don't come back together.
 */
export function delayOf(plan: Plan, attempt: number): number {
  const least = Math.min(plan.minDelay, plan.maxDelay);
  const most = Math.min(plan.maxDelay, plan.minDelay * plan.factor ** attempt);
  return Math.round(least + Math.random() * (most - least));
}

function settingsOf(reconnect: unknown): Options {
  if (reconnect === true) return {};
  if (typeof reconnect !== "object" || reconnect === null || Array.isArray(reconnect)) {
    throw invalid(`options.reconnect must be true or an object, got ${kindOf(reconnect)}`);
  }
  const stray = Object.keys(reconnect).find((name) => !settings.includes(name as keyof ReconnectOptions));
  if (stray !== undefined) throw invalid(`options.reconnect has no setting ${stray}: there are ${settings.join(", ")}`);
  return reconnect as Options;
}

function numberOf(settings: Options, name: string, byDefault: number, least: number): number {
  const value = settings[name];
  if (value === undefined) return byDefault;
  if (typeof value === "number" && value >= least) return value;
  throw invalid(`options.reconnect.${name} must be a number of at least ${least}, got ${typeof value === "number" ? value : kindOf(value)}`);
}

function flagOf(settings: Options, name: string): boolean {
  const value = settings[name] ?? false;
  if (typeof value === "boolean") return value;
  throw invalid(`options.reconnect.${name} must be true or false, got ${kindOf(value)}`);
}

function predicateOf(value: unknown): Plan["shouldReconnect"] {
  if (value === undefined || typeof value === "function") return value as Plan["shouldReconnect"];
  throw invalid(`options.reconnect.shouldReconnect must be a function, got ${kindOf(value)}`);
}
