/** Promise.withResolvers and Promise.try. */

import { defineMissing, mustBeObject } from "./define";

type PromiseClass = new (executor: (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void) => object;

function installPromise(): void {
  defineMissing(Promise, {
    withResolvers(this: PromiseClass) {
      let resolve!: (value: unknown) => void;
      let reject!: (reason: unknown) => void;
      const promise = new this((fulfil, fail) => {
        resolve = fulfil;
        reject = fail;
      });
      return { promise, resolve, reject };
    },
    try(this: PromiseClass, callback: (...args: unknown[]) => unknown, ...args: unknown[]) {
      mustBeObject(this, "what Promise.try is called on");
      return new this((resolve) => resolve(callback(...args)));
    },
  });
}

script.exports = { promise: installPromise };
