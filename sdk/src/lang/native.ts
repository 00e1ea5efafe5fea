/** What the host gives: what JavaScript can't do by itself. */

export interface Native {
  /** The text with U+FFFD for every half of a surrogate pair. */
  wellFormed(text: string): string;
  detach(buffer: ArrayBuffer): void;
  isDetached(buffer: ArrayBuffer): boolean;
  /** A function that returns the target, until it has been collected. */
  weak<T extends object>(target: T): () => T | undefined;
  /** Has a function called in a turn of its own after the target has been collected; it doesn't keep the function. */
  watch(target: object, run: (id: number) => void, id: number): void;
}
