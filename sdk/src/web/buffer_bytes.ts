/** What a Buffer is: a Uint8Array with another prototype. */

export type Buffer = Uint8Array;

class Bytes extends Uint8Array {}

interface Construct {
  (length: number): Buffer;
  (buffer: ArrayBufferLike, offset: number, length: number): Buffer;
  readonly prototype: Buffer;
}

/** Makes a Buffer; its prototype is what all of them have. */
export const constructBuffer = Object.assign(
  (source: never, offset?: number, length?: number): Buffer => (offset === undefined ? new Bytes(source) : new Bytes(source, offset, length)),
  { prototype: Bytes.prototype },
) as unknown as Construct;

/** The same bytes as a Buffer. */
export const toBuffer = (bytes: Uint8Array): Buffer => {
  return new Bytes(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
};

export const isBytes = (value: unknown): value is Uint8Array => {
  return value instanceof Uint8Array;
};
