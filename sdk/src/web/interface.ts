/** What the web's interfaces have in common, and JavaScript's classes don't give. */

const { defineProperty, getOwnPropertyNames, getOwnPropertyDescriptor } = Object;

type Class = abstract new (...args: never[]) => object;

/** Gives a class the look of an interface: its name and tag, members that are enumerable, the number of arguments it needs. */
export function expose(type: Class, name: string, length = 0): void {
  defineProperty(type, "name", { value: name, configurable: true });
  defineProperty(type, "length", { value: length, configurable: true });
  defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
  for (const owner of [type, type.prototype] as object[]) {
    for (const key of getOwnPropertyNames(owner)) {
      const { configurable, value } = getOwnPropertyDescriptor(owner, key)!;
      if (!configurable || key === "constructor" || (owner === type && typeof value !== "function")) continue;
      defineProperty(owner, key, { enumerable: true });
    }
  }
}

/** Gives the interface and its prototype numbers that can't be changed. */
export function constants(type: Class, table: Iterable<readonly [string, number]>): void {
  for (const [key, value] of table) {
    defineProperty(type, key, { value, enumerable: true });
    defineProperty(type.prototype, key, { value, enumerable: true });
  }
}

/** Throws unless a function was given as many arguments as it needs. */
export function needs(where: string, count: number, given: number): void {
  if (given < count) throw new TypeError(`${where} needs ${count} argument${count > 1 ? "s" : ""}, got ${given}`);
}

/** Options as the web takes them: nothing, or an object. */
export function dictionary<T extends object>(where: string, value: T | null | undefined): Partial<T> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" && typeof value !== "function") throw new TypeError(`${where} needs an object as options`);
  return value;
}

/** What a console shows of an object that keeps its state to itself: named fields, or pairs. */
export interface Shown {
  readonly name: string;
  readonly fields?: readonly (readonly [string, unknown])[];
  readonly pairs?: readonly (readonly [string, unknown])[];
}

const shows: ((object: object) => Shown | undefined)[] = [];

/** Registers how the objects of an interface are shown, before those that it extends; it says nothing of objects that aren't its own. */
export function showing(show: (object: object) => Shown | undefined): void {
  shows.push(show);
}

/** How one of the web's objects is shown; undefined for every other object. */
export function shown(object: object): Shown | undefined {
  for (let i = shows.length - 1; i >= 0; i--) {
    const found = shows[i]!(object);
    if (found !== undefined) return found;
  }
  return undefined;
}
