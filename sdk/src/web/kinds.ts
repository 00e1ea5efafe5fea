/**
 * The kinds of objects that other modules know when they meet them. A module that was never run has
 * made no objects: so nobody runs one to ask it.
 */

/** The bytes of a blob, which nobody may change, and its type. */
export interface BlobContent {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** What blobs are to others. */
export interface BlobKind {
  /** What is in a blob; undefined for everything else. */
  contentOf(object: object): BlobContent | undefined;
  /** A second blob, or file, with the same bytes; undefined for what is no blob. */
  copyOf(object: object): object | undefined;
}

/** What forms are to others. */
export interface FormKind {
  isForm(object: object): boolean;
}

export const kinds: { blob?: BlobKind; form?: FormKind } = {};
