/** What requests and responses have in common: the members that read the body. */

import { type Body, bufferOf, bytesOf, type Content, textOf } from "./body";
import type { Blob } from "./blob";
import type { BodyStream } from "./body_stream";
import type { FormData } from "./form_data";
import type { Headers } from "./headers";

const { defineProperties, getOwnPropertyDescriptors } = Object;
const { parse } = JSON;

// Few look at a body as one of these.
declare function load(id: "./blob"): typeof import("./blob");
declare function load(id: "./form_body"): typeof import("./form_body");
declare function load(id: "./mime_type"): typeof import("./mime_type");

/** A body that is to be read, and the headers that say what it is; it is null where there is none. */
export interface Message {
  readonly body: Body | null;
  readonly headers: Headers;
}

export interface BodyMembers {
  readonly body: BodyStream | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
  formData(): Promise<FormData>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** Gives an interface these members. messageOf throws for what isn't of the interface. */
export const readable = <T extends object>(type: { readonly prototype: T }, messageOf: (object: T) => Message): void => {
  const take = (object: T): Content => {
    const { body } = messageOf(object);
    return body === null ? "" : body.take();
  };
  const members = {
    get body(): BodyStream | null {
      return messageOf(this as never).body?.stream ?? null;
    },
    get bodyUsed(): boolean {
      return messageOf(this as never).body?.used ?? false;
    },
    async arrayBuffer(): Promise<ArrayBuffer> {
      return bufferOf(take(this as never));
    },
    async blob(): Promise<Blob> {
      const bytes = bytesOf(take(this as never));
      const { mimeTypeOf, serialized } = load("./mime_type");
      const type = mimeTypeOf(messageOf(this as never).headers);
      const { blobOf, blobType } = load("./blob");
      return blobOf({ bytes, type: type === undefined ? "" : blobType(serialized(type)) });
    },
    async bytes(): Promise<Uint8Array> {
      return bytesOf(take(this as never));
    },
    async formData(): Promise<FormData> {
      return load("./form_body").formIn(take(this as never), messageOf(this as never).headers);
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
