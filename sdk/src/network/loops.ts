/** All loops over the messages of one connection. */

import type { Emitter } from "../core/emitter";
import type { HeldEvents } from "./held";
import { MessageIterator, MessageLoop } from "./loop";

/** What the loops ask of their connection. */
export interface LoopSource {
  /** The server waits while the extension has more than it takes. */
  pause(paused: boolean): void;

  /** What a loop has left is for whoever listens next, unless somebody has had it already. */
  putBack(rest: HeldEvents): void;
}

export class MessageLoops {
  readonly #source: LoopSource;
  readonly #loops = new Set<MessageLoop>();
  #full = 0; // loops that have enough

  constructor(source: LoopSource) {
    this.#source = source;
  }

  get full(): boolean {
    return this.#full > 0;
  }

  /** Begins a loop with what is held, if nobody else is to get that, and goes on with what the emitter emits. */
  begin(emitter: Emitter<unknown>, held: HeldEvents): MessageIterator {
    const loop = new MessageLoop((full) => this.#count(full));
    const next = () => (emitter.empty ? held.take((kind) => kind === "message") : undefined);
    for (let event = next(); event !== undefined; event = next()) loop.push(event.data);
    this.#loops.add(loop);
    const unsubscribe = emitter.add((message) => loop.push(message));
    loop.onLeave = (rest) => {
      unsubscribe();
      this.#loops.delete(loop);
      if (emitter.empty) this.#source.putBack(rest);
    };
    return new MessageIterator(loop);
  }

  /** No message comes any more; those that wait are still taken, unless they are to be dropped. */
  end(drop: boolean): void {
    this.#loops.forEach((loop) => loop.end(drop));
  }

  #count(full: boolean): void {
    const before = this.full;
    this.#full += full ? 1 : -1;
    if (before !== this.full) this.#source.pause(this.full);
  }
}
