/** The symbol of `for await`, which goja lacks; where it is missing, compiled loops ask for this one. */
export const asyncIterator: typeof Symbol.asyncIterator =
  Symbol.asyncIterator ?? (Symbol.for("Symbol.asyncIterator") as never);
