/** DOMException: the error class of the web's interfaces, told apart by its name. */

import { constants, dictionary, expose } from "./interface";

// In the order of their codes. Those without a place in the list have the code 0. Texts, since lists
// of lists would cost each extension more than all the rest.
const legacy = (
  "INDEX_SIZE_ERR,DOMSTRING_SIZE_ERR,HIERARCHY_REQUEST_ERR,WRONG_DOCUMENT_ERR,INVALID_CHARACTER_ERR," +
  "NO_DATA_ALLOWED_ERR,NO_MODIFICATION_ALLOWED_ERR,NOT_FOUND_ERR,NOT_SUPPORTED_ERR,INUSE_ATTRIBUTE_ERR," +
  "INVALID_STATE_ERR,SYNTAX_ERR,INVALID_MODIFICATION_ERR,NAMESPACE_ERR,INVALID_ACCESS_ERR," +
  "VALIDATION_ERR,TYPE_MISMATCH_ERR,SECURITY_ERR,NETWORK_ERR,ABORT_ERR,URL_MISMATCH_ERR," +
  "QUOTA_EXCEEDED_ERR,TIMEOUT_ERR,INVALID_NODE_TYPE_ERR,DATA_CLONE_ERR"
).split(",");

/** Three of the codes have no name. */
const names = (
  "IndexSizeError,,HierarchyRequestError,WrongDocumentError,InvalidCharacterError,," +
  "NoModificationAllowedError,NotFoundError,NotSupportedError,InUseAttributeError,InvalidStateError," +
  "SyntaxError,InvalidModificationError,NamespaceError,InvalidAccessError,,TypeMismatchError," +
  "SecurityError,NetworkError,AbortError,URLMismatchError,QuotaExceededError,TimeoutError," +
  "InvalidNodeTypeError,DataCloneError"
).split(",");

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
    return this.#name === "" ? 0 : names.indexOf(this.#name) + 1;
  }
}

expose(DOMException, "DOMException");
constants(DOMException, legacy.map((name, i) => [name, i + 1]));
