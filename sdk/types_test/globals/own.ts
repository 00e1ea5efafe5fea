// What only the SDK's own declarations know.
export const socket = new WebSocket("wss://example.com", { headers: { authorization: "x" }, protocols: "chat" });
socket.addEventListener("error", (event) => event.message.length);

export async function chunks(response: Response): Promise<number> {
  let size = 0;
  for await (const chunk of response.body ?? []) size += chunk.length;
  return size + (await new Response(response.body).bytes()).length;
}

// @ts-expect-error: there is no page
export const page: unknown = document;
socket.send(new Blob(["x", new Uint8Array(1)], { type: "a/b", endings: "native" }));
export const blob: Promise<Blob> = new Response(new Blob()).blob();
export const bytes: Promise<Uint8Array> = new File([], "name").slice(0, 1).bytes();
export const form: Promise<FormData> = new Response(new FormData()).formData();
export const agent: string = navigator.userAgent;
export const events: readonly [number, any, string, string] = [
  new CloseEvent("close", { code: 1000 }).code,
  new MessageEvent("message", { data: 5 }).data,
  new ErrorEvent("error", { message: "m" }).message,
  new Event("x", { bubbles: true }).type,
];
// @ts-expect-error: a number is no entry
new FormData().append("field", 5);
declare const params: { append(name: string, value: string): void; getAll(name: string): string[] };
export const sent: Promise<Response> = fetch("https://example.com", { method: "POST", body: params });
// @ts-expect-error: it would be sent as [object Object]
export const unsent: Promise<Response> = fetch("https://example.com", { method: "POST", body: { field: 5 } });
// @ts-expect-error: a number is no body
export const number: Response = new Response(5);
// @ts-expect-error: there are no URLs of blobs
export const address: unknown = URL.createObjectURL(new Blob());
// @ts-expect-error: a blob is not made of a text
export const wrong: unknown = new Blob("text");
