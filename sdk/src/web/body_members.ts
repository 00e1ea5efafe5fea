/** What requests and responses have in common: the members that read the body. */

import { type Body, bufferOf, bytesOf, type Content, textOf } from "./body";
import type { BodyStream } from "./body_stream";

const { defineProperties, getOwnPropertyDescriptors } = Object;
const { parse } = JSON;

export interface BodyMembers {
  readonly body: BodyStream | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** Gives an interface these members. bodyOf throws for what isn't of the interface, and is null where there is no body. */
export const readable = <T extends object>(type: { readonly prototype: T }, bodyOf: (object: T) => Body | null): void => {
  const take = (object: T): Content => {
    const body = bodyOf(object);
    return body === null ? "" : body.take();
  };
  const members = {
    get body(): BodyStream | null {
      return bodyOf(this as never)?.stream ?? null;
    },
    get bodyUsed(): boolean {
      return bodyOf(this as never)?.used ?? false;
    },
    async arrayBuffer(): Promise<ArrayBuffer> {
      return bufferOf(take(this as never));
    },
    async bytes(): Promise<Uint8Array> {
      return bytesOf(take(this as never));
    },
    async json(): Promise<unknown> {
      return parse(textOf(take(this as never)));
    },
    async text(): Promise<string> {
      return textOf(take(this as never));
    },
  };
  defineProperties(type.prototype, getOwnPropertyDescriptors(members));
};
