/** File: a blob with a name. There are none but those that scripts make: it has nothing to do with the machine's files. */

import { Blob, type BlobOptions, contentOf, fillBlob, partsOf } from "./blob";
import { dictionary, expose, needs, showing } from "./interface";
import { kinds } from "./kinds";
import { native } from "./native";

export interface FileOptions extends BlobOptions {
  lastModified?: number;
}

/** A file with the bytes of a blob, and with the time of one that is a file itself. */
export let fileOf: (blob: Blob, name: string) => File;

/** The name of a file; undefined for what is none. */
export let nameOf: (object: object) => string | undefined;

export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  static {
    fileOf = (blob, name) => {
      const file = new File([], name, #name in blob ? { lastModified: (blob as File).#lastModified } : undefined);
      fillBlob(file, contentOf(blob)!);
      return file;
    };
    nameOf = (object) => (#name in object ? (object as File).#name : undefined);
    showing((object) => {
      if (!(#name in object)) return undefined;
      const { size, type, name, lastModified } = object as File;
      return { name: "File", fields: [["size", size], ["type", type], ["name", name], ["lastModified", lastModified]] };
    });
    const { copyOf } = kinds.blob!;
    kinds.blob = { contentOf, copyOf: (object) => (#name in object ? fileOf(object as File, (object as File).#name) : copyOf(object)) };
  }

  constructor(bits: Iterable<unknown>, name: string, options: FileOptions | undefined = undefined) {
    needs("File", 2, arguments.length);
    const parts = partsOf("File", bits);
    const text = native.wellFormed(`${name}`);
    super(parts, options);
    const { lastModified } = dictionary<FileOptions>("File", options);
    this.#name = text;
    this.#lastModified = lastModified === undefined ? Date.now() : whole(lastModified);
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }

}

expose(File, "File", 2);

/** A number as Web IDL's long long takes it. */
const whole = (value: number): number => {
  const number = Math.trunc(+value);
  if (!Number.isFinite(number)) return 0;
  const rest = number % 2 ** 64;
  const wrapped = rest >= 2 ** 63 ? rest - 2 ** 64 : rest < -(2 ** 63) ? rest + 2 ** 64 : rest;
  return wrapped + 0; // -0 is none
};
