/** Iterators of what is a list of pairs: they see what changes while they are under way. */

const { create, defineProperty, getPrototypeOf } = Object;

interface State<P> {
  readonly pairs: () => readonly P[];
  readonly pick: (pair: P) => unknown;
  next: number;
}

/** Returns a function that makes iterators over the pairs of an object, of a prototype of their own. */
export const pairIterator = <O extends object, P>(name: string, pairsOf: (object: O) => readonly P[]) => {
  const states = new WeakMap<object, State<P>>();
  const prototype = create(getPrototypeOf(getPrototypeOf([][Symbol.iterator]())));
  const { next } = {
    next(this: object) {
      const state = states.get(this);
      if (state === undefined) throw new TypeError(`next needs a ${name} Iterator`);
      const pairs = state.pairs();
      if (state.next >= pairs.length) return { value: undefined, done: true };
      return { value: state.pick(pairs[state.next++]!), done: false };
    },
  };
  defineProperty(prototype, "next", { value: next, writable: true, enumerable: true, configurable: true });
  defineProperty(prototype, Symbol.toStringTag, { value: `${name} Iterator`, configurable: true });
  return (object: O, pick: (pair: P) => unknown): object => {
    const iterator = create(prototype);
    states.set(iterator, { pairs: () => pairsOf(object), pick, next: 0 });
    return iterator;
  };
};
