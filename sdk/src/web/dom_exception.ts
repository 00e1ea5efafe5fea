/** DOMException: the error class of the web's interfaces, told apart by its name. */

import { constants, dictionary, expose } from "./interface";

// In the order of their codes. Those without a place in the list have the code 0.
const legacy: readonly (readonly [string, string])[] = [
  ["INDEX_SIZE_ERR", "IndexSizeError"],
  ["DOMSTRING_SIZE_ERR", ""],
  ["HIERARCHY_REQUEST_ERR", "HierarchyRequestError"],
  ["WRONG_DOCUMENT_ERR", "WrongDocumentError"],
  ["INVALID_CHARACTER_ERR", "InvalidCharacterError"],
  ["NO_DATA_ALLOWED_ERR", ""],
  ["NO_MODIFICATION_ALLOWED_ERR", "NoModificationAllowedError"],
  ["NOT_FOUND_ERR", "NotFoundError"],
  ["NOT_SUPPORTED_ERR", "NotSupportedError"],
  ["INUSE_ATTRIBUTE_ERR", "InUseAttributeError"],
  ["INVALID_STATE_ERR", "InvalidStateError"],
  ["SYNTAX_ERR", "SyntaxError"],
  ["INVALID_MODIFICATION_ERR", "InvalidModificationError"],
  ["NAMESPACE_ERR", "NamespaceError"],
  ["INVALID_ACCESS_ERR", "InvalidAccessError"],
  ["VALIDATION_ERR", ""],
  ["TYPE_MISMATCH_ERR", "TypeMismatchError"],
  ["SECURITY_ERR", "SecurityError"],
  ["NETWORK_ERR", "NetworkError"],
  ["ABORT_ERR", "AbortError"],
  ["URL_MISMATCH_ERR", "URLMismatchError"],
  ["QUOTA_EXCEEDED_ERR", "QuotaExceededError"],
  ["TIMEOUT_ERR", "TimeoutError"],
  ["INVALID_NODE_TYPE_ERR", "InvalidNodeTypeError"],
  ["DATA_CLONE_ERR", "DataCloneError"],
];

const codes = new Map(legacy.map(([, name], i) => [name, i + 1] as const).filter(([name]) => name !== ""));

/** Whether an object is one, whatever it says of itself. */
export let isDOMException: (object: object) => boolean;

export class DOMException extends Error {
  readonly #name: string;
  readonly #message: string;

  static {
    isDOMException = (object) => #name in object;
  }

  constructor(message: unknown = "", options: unknown = "Error") {
    super();
    this.#message = `${message}`;
    if (typeof options !== "object" || options === null) {
      this.#name = `${options}`;
      return;
    }
    const { name = "Error", cause } = dictionary<{ name: string; cause: unknown }>("DOMException", options as never);
    this.#name = `${name}`;
    if ("cause" in options) Object.defineProperty(this, "cause", { value: cause, writable: true, configurable: true });
  }

  override get name(): string {
    return this.#name;
  }

  override get message(): string {
    return this.#message;
  }

  /** The number that old code knows the name by, or 0. */
  get code(): number {
    return codes.get(this.#name) ?? 0;
  }
}

expose(DOMException, "DOMException");
constants(DOMException, new Map(legacy.map(([name], i) => [name, i + 1])));
