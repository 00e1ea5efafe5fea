// The message that a task sends.
export function payload({ kind, size }) {
  if (kind === "nonascii") return "я".repeat(size / 2);
  if (kind === "ascii") return "x".repeat(size);
  const bytes = new Uint8Array(size);
  bytes.fill(0x80);
  return bytes;
}
