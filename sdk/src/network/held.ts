/** Events of one connection that wait for a handler of their kind. */

export type Kind = "message" | "close" | "error" | "reconnecting" | "reconnected";

export interface HeldEvent {
  readonly kind: Kind;
  readonly data: unknown;
  readonly bytes: number;
  next: HeldEvent | undefined;
}

const maxMessages = 1024;
const maxBytes = 8 * 1024 * 1024;

/** A queue, linked since taking the first of an array moves all the others. */
export class HeldEvents {
  #first: HeldEvent | undefined;
  #last: HeldEvent | undefined;
  #messages = 0;
  #bytes = 0;

  get empty(): boolean {
    return this.#first === undefined;
  }

  get messages(): number {
    return this.#messages;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(kind: Kind, data: unknown): void {
    const bytes = kind === "message" ? sizeOf(data) : 0;
    this.#append({ kind, data, bytes, next: undefined });
    if (kind !== "message") return;
    this.#messages++;
    this.#bytes += bytes;
  }

  /** Takes the oldest event of a kind that the predicate wants. */
  take(wanted: (kind: Kind) => boolean): HeldEvent | undefined {
    let previous: HeldEvent | undefined;
    for (let event = this.#first; event !== undefined; event = event.next) {
      if (wanted(event.kind)) {
        this.#remove(event, previous);
        return event;
      }
      previous = event;
    }
    return undefined;
  }

  /** Drops the oldest messages until the rest is within bounds; reports whether it dropped any. */
  trim(): boolean {
    let trimmed = false;
    while (this.#messages > maxMessages || (this.#bytes > maxBytes && this.#messages > 1)) {
      this.take((kind) => kind === "message");
      trimmed = true;
    }
    return trimmed;
  }

  drop(unwanted: Kind): void {
    while (this.take((kind) => kind === unwanted) !== undefined);
  }

  /** Puts all that others hold before the first, and leaves them empty. */
  prepend(others: HeldEvents): void {
    if (others.#last === undefined) return;
    others.#last.next = this.#first;
    this.#first = others.#first;
    this.#last ??= others.#last;
    this.#messages += others.#messages;
    this.#bytes += others.#bytes;
    others.#first = others.#last = undefined;
    others.#messages = others.#bytes = 0;
  }

  #append(event: HeldEvent): void {
    if (this.#last === undefined) this.#first = event;
    else this.#last.next = event;
    this.#last = event;
  }

  #remove(event: HeldEvent, previous: HeldEvent | undefined): void {
    if (previous === undefined) this.#first = event.next;
    else previous.next = event.next;
    if (event.next === undefined) this.#last = previous;
    if (event.kind === "message") this.#messages--;
    this.#bytes -= event.bytes;
  }
}

/**
 * The size of a message: its bytes if it is binary, else its length in UTF-16
 * units, which is near enough for a bound. The text of a binary message is not
 * read, since that would make the host compute it.
 */
function sizeOf(data: unknown): number {
  const message = (data ?? {}) as { data?: unknown; binary?: unknown; bytes?: { byteLength: number } };
  if (message.binary === true) return message.bytes?.byteLength ?? 0;
  return typeof message.data === "string" ? message.data.length : 0;
}
