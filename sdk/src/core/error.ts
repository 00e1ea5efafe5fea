/** An error that programs tell apart by its code. */
export type CodedError = Error & { code?: string };

/** Gives the error a code, which the console shows, and, where there is one, the value that caused it. */
export function coded<E extends CodedError>(error: E, code: string, cause?: unknown): E {
  error.code = code;
  if (cause !== undefined) hide(error, "cause", cause);
  return error;
}

/** The refusal of an argument of the wrong type or shape. */
export function invalid(text: string, cause?: unknown): CodedError {
  return coded(new TypeError(text), "ERR_INVALID_DATA", cause);
}

/** The rejection of something that the extension has called off. */
export function aborted(text: string, reason?: unknown): CodedError {
  const error: CodedError = coded(new Error(text), "ERR_ABORTED", reason);
  hide(error, "name", "AbortError");
  return error;
}

/** Names a value's type for a message: what `typeof` says, but exact about null and arrays. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}

/** Throws unless the value is a function. */
export function requireFunction(where: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new TypeError(`${where} needs a function, got ${kindOf(value)}`);
  }
}

function hide(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
}
