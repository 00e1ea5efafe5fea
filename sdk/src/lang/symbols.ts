/**
 * The well-known symbols that goja lacks. They are the registered ones, which compiled code falls back to where a
 * symbol is missing: so it is the same symbol for all, whoever asked first.
 */

import { defineConstant } from "./define";

export const asyncIterator: typeof Symbol.asyncIterator = known("asyncIterator") as never;
export const dispose = known("dispose");
export const asyncDispose = known("asyncDispose");

function known(name: string): symbol {
  return (Symbol as unknown as Record<string, symbol | undefined>)[name] ?? Symbol.for(`Symbol.${name}`);
}

/** Makes one of them a property of Symbol. */
export function installSymbol(name: "asyncIterator" | "dispose" | "asyncDispose" | "metadata"): void {
  defineConstant(Symbol, name, known(name));
}
