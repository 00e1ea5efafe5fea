/** What several interfaces can be made of: names and values, as lists of two or as the properties of an object. */

export type Pair = readonly [string, string];

/** The pairs of what can be iterated, or else of the properties of an object; convert makes texts of both halves. */
export const pairsOf = (where: string, init: object, convert: (value: unknown) => string): Pair[] => {
  const iterator: unknown = (init as Iterable<unknown>)[Symbol.iterator];
  if (iterator === undefined || iterator === null) return record(where, init as Record<string, unknown>, convert);
  if (typeof iterator !== "function") throw new TypeError(`${where}: what it is made of can't be iterated`);
  const pairs: Pair[] = [];
  for (const item of init as Iterable<Iterable<unknown>>) {
    if ((typeof item !== "object" && typeof item !== "function") || item === null || typeof item[Symbol.iterator] !== "function") {
      throw new TypeError(`${where} needs pairs: each a list of a name and a value`);
    }
    const words = [...item];
    if (words.length !== 2) throw new TypeError(`${where} needs pairs: a list of ${words.length} is none`);
    pairs.push([convert(words[0]), convert(words[1])]);
  }
  return pairs;
};

const record = (where: string, init: Record<string, unknown>, convert: (value: unknown) => string): Pair[] => {
  const found = new Map<string, string>();
  for (const key of Reflect.ownKeys(init)) {
    if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
    if (typeof key === "symbol") throw new TypeError(`${where}: a symbol can't be a name`);
    const name = convert(key);
    found.set(name, convert(init[key]));
  }
  return [...found];
};
