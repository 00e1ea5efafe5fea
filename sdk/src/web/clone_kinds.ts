/** The kinds of objects that structuredClone tells apart. */

const { apply } = Reflect;
const viewTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!.get!;
const dataViewBuffer = Object.getOwnPropertyDescriptor(DataView.prototype, "buffer")!.get!;

/** A class of views of an ArrayBuffer. */
export type View = new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView;

export const errors = new Map<string, ErrorConstructor>(
  Object.entries({ Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }),
);

const views = new Map<string, View>(
  Object.entries({
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
    BigInt64Array, BigUint64Array,
  }),
);

export const wrappers = new Map<string, { readonly prototype: { valueOf(): unknown } }>(Object.entries({ Boolean, Number, String, BigInt }));

/** Built-in objects that only their tag tells. */
export const uncloneable = /^(Weak(Map|Set|Ref)|FinalizationRegistry|(Async)?Generator|Iterator|\w+ Iterator)$/;

/** The class of a view; undefined for what is none. */
export const viewOf = (value: object, kind: string): View | undefined => {
  return kind === "TypedArray" ? views.get(apply(viewTag, value, [])) : undefined;
};

export const isDataView = (value: object): boolean => {
  try {
    apply(dataViewBuffer, value, []);
    return true;
  } catch {
    return false;
  }
};
