/** performance: a clock that never goes back, and marks on it. */

import { EventTarget } from "./event_target";
import { dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";

// Reading the clock doesn't need it.
declare function load(id: "./dom_exception"): typeof import("./dom_exception");

const { now, timeOrigin } = native;
const internal = Symbol("Performance");

/** How many entries are kept; those before them are forgotten. */
const kept = 10_000;

export class PerformanceEntry {
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  readonly detail: unknown;

  constructor(key: unknown, name: string, entryType: string, startTime: number, duration: number, detail: unknown) {
    if (key !== internal) throw new TypeError("PerformanceEntry can't be constructed: use performance.mark or performance.measure");
    this.name = name;
    this.entryType = entryType;
    this.startTime = startTime;
    this.duration = duration;
    this.detail = detail;
  }

  toJSON(): object {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

type Point = string | number;

interface MarkOptions {
  startTime?: number;
  detail?: unknown;
}

interface MeasureOptions {
  start?: Point;
  end?: Point;
  duration?: number;
  detail?: unknown;
}

export class Performance extends EventTarget {
  #entries: PerformanceEntry[] = [];

  static {
    showing((object) => (#entries in object ? { name: "Performance", fields: [["timeOrigin", timeOrigin]] } : undefined));
  }

  constructor(key?: unknown) {
    if (key !== internal) throw new TypeError("Performance can't be constructed: use performance");
    super();
  }

  get timeOrigin(): number {
    this.#entries;
    return timeOrigin;
  }

  now(): number {
    return now();
  }

  toJSON(): object {
    return { timeOrigin: this.timeOrigin };
  }

  mark(name: string, options: MarkOptions | undefined = undefined): PerformanceEntry {
    needs("performance.mark", 1, arguments.length);
    const { startTime = now(), detail = null } = dictionary("performance.mark", options);
    if (!(Number(startTime) >= 0)) throw new TypeError("performance.mark needs a start time from 0 on");
    return this.#add(new PerformanceEntry(internal, `${name}`, "mark", Number(startTime), 0, detail));
  }

  measure(name: string, from: Point | MeasureOptions | undefined = undefined, to: Point | undefined = undefined): PerformanceEntry {
    needs("performance.measure", 1, arguments.length);
    const options: MeasureOptions = typeof from === "object" && from !== null ? { ...from } : {};
    if (typeof from === "string" || typeof from === "number") options.start = from;
    if (to !== undefined) options.end = to;
    const { start, end, duration, detail = null } = options;
    const length = duration === undefined ? undefined : Number(duration);
    const finish = end !== undefined ? this.#time(end) : length !== undefined ? this.#time(start ?? 0) + length : now();
    const begin = start !== undefined ? this.#time(start) : length !== undefined ? finish - length : 0;
    return this.#add(new PerformanceEntry(internal, `${name}`, "measure", begin, finish - begin, detail));
  }

  clearMarks(name: string | undefined = undefined): void {
    this.#clear("mark", name);
  }

  clearMeasures(name: string | undefined = undefined): void {
    this.#clear("measure", name);
  }

  getEntries(): PerformanceEntry[] {
    return this.#entries.slice().sort((a, b) => a.startTime - b.startTime);
  }

  getEntriesByName(name: string, type: string | undefined = undefined): PerformanceEntry[] {
    return this.getEntries().filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type));
  }

  getEntriesByType(type: string): PerformanceEntry[] {
    return this.getEntries().filter((entry) => entry.entryType === type);
  }

  #add(entry: PerformanceEntry): PerformanceEntry {
    if (this.#entries.length >= kept) this.#entries = this.#entries.slice(kept / 2);
    this.#entries.push(entry);
    return entry;
  }

  #clear(type: string, name: string | undefined): void {
    this.#entries = this.#entries.filter((entry) => entry.entryType !== type || (name !== undefined && entry.name !== name));
  }

  #time(point: Point): number {
    if (typeof point === "number") return point;
    const mark = this.#entries.findLast((entry) => entry.entryType === "mark" && entry.name === `${point}`);
    if (mark === undefined) throw new (load("./dom_exception").DOMException)(`there is no mark "${point}"`, "SyntaxError");
    return mark.startTime;
  }
}

expose(Performance, "Performance");
expose(PerformanceEntry, "PerformanceEntry");

/** The one there is. */
export const performance = new Performance(internal);
