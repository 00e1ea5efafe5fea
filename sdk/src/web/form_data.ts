/** FormData: the names and values of a form, of which some are files. */

import { type Blob, contentOf } from "./blob";
import { type File, fileOf, nameOf } from "./file";
import { expose, needs, showing } from "./interface";
import { pairIterator } from "./iterator";
import { kinds } from "./kinds";
import { native } from "./native";

export type FormValue = string | File;
export type FormEntry = readonly [string, FormValue];

/** A form of entries that are its own. */
export let formOf: (entries: FormEntry[]) => FormData;

/** The entries of a form. */
export let entriesOf: (form: FormData) => readonly FormEntry[];

let iterate: <T>(form: FormData, pick: (entry: FormEntry) => T) => IterableIterator<T>;

export class FormData {
  #entries: FormEntry[] = [];

  static {
    formOf = (entries) => {
      const form = new FormData();
      form.#entries = entries;
      return form;
    };
    entriesOf = (form) => form.#entries;
    iterate = pairIterator("FormData", (form: FormData) => form.#entries) as typeof iterate;
    kinds.form = { isForm: (object) => #entries in object };
    showing((object) => (#entries in object ? { name: "FormData", pairs: (object as FormData).#entries } : undefined));
  }

  constructor(form: undefined = undefined, submitter: null | undefined = undefined) {
    if (form !== undefined || (submitter !== undefined && submitter !== null)) {
      throw new TypeError("FormData can't be made of a form: there is no page that could have one");
    }
  }

  append(name: string, value: unknown, filename: string | undefined = undefined): void {
    needs("FormData.append", 2, arguments.length);
    this.#entries.push(entryOf("append", arguments.length, name, value, filename));
  }

  delete(name: string): void {
    needs("FormData.delete", 1, arguments.length);
    const wanted = textOf(name);
    this.#entries = this.#entries.filter((entry) => entry[0] !== wanted);
  }

  get(name: string): FormValue | null {
    needs("FormData.get", 1, arguments.length);
    const wanted = textOf(name);
    return this.#entries.find((entry) => entry[0] === wanted)?.[1] ?? null;
  }

  getAll(name: string): FormValue[] {
    needs("FormData.getAll", 1, arguments.length);
    const wanted = textOf(name);
    return this.#entries.filter((entry) => entry[0] === wanted).map((entry) => entry[1]);
  }

  has(name: string): boolean {
    needs("FormData.has", 1, arguments.length);
    const wanted = textOf(name);
    return this.#entries.some((entry) => entry[0] === wanted);
  }

  set(name: string, value: unknown, filename: string | undefined = undefined): void {
    needs("FormData.set", 2, arguments.length);
    const set = entryOf("set", arguments.length, name, value, filename);
    const at = this.#entries.findIndex((entry) => entry[0] === set[0]);
    if (at < 0) this.#entries.push(set);
    else this.#entries = this.#entries.flatMap((entry, i) => (i === at ? [set] : entry[0] === set[0] ? [] : [entry]));
  }

  forEach(callback: (value: FormValue, name: string, form: this) => void, self: unknown = undefined): void {
    needs("FormData.forEach", 1, arguments.length);
    this.#entries; // the brand
    if (typeof callback !== "function") throw new TypeError("FormData.forEach needs a function");
    for (let i = 0; i < this.#entries.length; i++) {
      const [name, value] = this.#entries[i]!;
      Reflect.apply(callback, self, [value, name, this]);
    }
  }

  entries(): IterableIterator<[string, FormValue]> {
    this.#entries; // the brand
    return iterate(this, ([name, value]) => [name, value]);
  }

  keys(): IterableIterator<string> {
    this.#entries;
    return iterate(this, (entry) => entry[0]);
  }

  values(): IterableIterator<FormValue> {
    this.#entries;
    return iterate(this, (entry) => entry[1]);
  }
}

expose(FormData, "FormData");
Object.defineProperty(FormData.prototype, Symbol.iterator, { value: FormData.prototype.entries, writable: true, configurable: true });

const textOf = (value: unknown): string => {
  return native.wellFormed(`${value}`);
};

/** An entry as HTML creates it: blobs become files. */
const entryOf = (where: string, given: number, name: unknown, value: unknown, filename: unknown): FormEntry => {
  const blob = typeof value === "object" && value !== null && contentOf(value) !== undefined ? (value as Blob) : undefined;
  if (blob === undefined && given > 2) throw new TypeError(`FormData.${where} takes a file name only with a Blob`);
  const key = textOf(name);
  if (blob === undefined) return [key, textOf(value)];
  if (filename !== undefined) return [key, fileOf(blob, textOf(filename))];
  return [key, nameOf(blob) !== undefined ? (blob as File) : fileOf(blob, "blob")];
};
