// Loops for a while if that is what a message says: "busy" and the time in
// milliseconds.
export function obey(text) {
  if (!text.startsWith("busy ")) return false;
  const end = Date.now() + Number(text.slice(5));
  while (Date.now() < end);
  return true;
}
