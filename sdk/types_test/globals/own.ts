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
// @ts-expect-error: there is no Blob
export const blob: unknown = new Response("").blob();
