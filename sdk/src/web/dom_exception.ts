/** DOMException: the error class of the web's interfaces, told apart by its name. */

const codes = new Map([
  ["IndexSizeError", 1],
  ["NotFoundError", 8],
  ["NotSupportedError", 9],
  ["InvalidStateError", 11],
  ["SyntaxError", 12],
  ["InvalidAccessError", 15],
  ["SecurityError", 18],
  ["NetworkError", 19],
  ["AbortError", 20],
  ["QuotaExceededError", 22],
  ["TimeoutError", 23],
  ["DataCloneError", 25],
]);

export class DOMException extends Error {
  readonly #name: string;

  constructor(message = "", name = "Error") {
    super(String(message));
    this.#name = String(name);
  }

  override get name(): string {
    return this.#name;
  }

  /** The number that old code knows the name by, or 0. */
  get code(): number {
    return codes.get(this.#name) ?? 0;
  }

  get [Symbol.toStringTag](): string {
    return "DOMException";
  }
}
