/** The iterators that map, filter and the like return. */

import { defineMissing, defineTag, mustBeObject } from "./define";
import { abandon, direct, finish, step, type Direct } from "./iterator";
import { iteratorPrototype } from "./prototypes";

/** Makes the next result, or returns undefined at the end. */
export type Steps = (source: Direct) => { value: unknown } | undefined;

interface State {
  readonly source: Direct;
  readonly steps: Steps;
  running: boolean;
  done: boolean;
  inner?: object | undefined; // the iterator that flatMap is in
}

const states = new WeakMap<object, State>();
const prototype = Object.create(iteratorPrototype) as object;

defineMissing(prototype, {
  next(this: object): IteratorResult<unknown> {
    const state = enter(this);
    try {
      const result = state.done ? undefined : state.steps(state.source);
      if (!result) state.done = true;
      return result ? { value: result.value, done: false } : { value: undefined, done: true };
    } catch (error) {
      state.done = true;
      throw error;
    } finally {
      state.running = false;
    }
  },
  return(this: object): IteratorResult<unknown> {
    const state = enter(this);
    try {
      if (!state.done) end(state);
    } finally {
      state.running = false;
    }
    return { value: undefined, done: true };
  },
});
defineTag(prototype, "Iterator Helper");

function enter(helper: object): State {
  const state = states.get(helper);
  if (!state) throw new TypeError("not an iterator helper");
  if (state.running) throw new TypeError("the iterator helper is running");
  state.running = true;
  return state;
}

function end(state: State): void {
  state.done = true;
  if (state.inner) {
    try {
      finish(state.inner);
    } catch (error) {
      abandon(state.source.iterator, error);
    }
  }
  finish(state.source.iterator);
}

/** An iterator over what steps make of an iterator. */
export function helper(iterator: object, steps: Steps): object {
  return make(direct(iterator), steps).object;
}

/** An iterator over what is in the iterators that open makes of an iterator's values. */
export function flattening(iterator: object, open: (value: unknown) => Direct): object {
  let inner: Direct | undefined;
  const { object, state } = make(direct(iterator), (source) => {
    for (;;) {
      if (!inner) {
        const outer = step(source);
        if (!outer) return undefined;
        inner = open(outer.value);
        state.inner = inner.iterator;
      }
      const result = innerStep(source, inner);
      if (result) return result;
      inner = state.inner = undefined;
    }
  });
  return object;
}

function innerStep(source: Direct, inner: Direct): { value: unknown } | undefined {
  try {
    return step(inner);
  } catch (error) {
    return abandon(source.iterator, error);
  }
}

function make(source: Direct, steps: Steps): { object: object; state: State } {
  mustBeObject(source.iterator, "an iterator");
  const object = Object.create(prototype) as object;
  const state: State = { source, steps, running: false, done: false };
  states.set(object, state);
  return { object, state };
}
