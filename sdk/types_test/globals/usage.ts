// What extensions write, whosever types count.
import editor from "@srcnexus/ext-sdk";

editor.onLoad(() => read("https://example.com/"));

export async function read(url: string): Promise<string> {
  const headers = new Headers({ accept: "text/plain" });
  headers.append("x", "y");
  const controller = new AbortController();
  const response = await fetch(url, { method: "POST", headers, body: "text", signal: controller.signal, redirect: "error" });
  const bytes: ArrayBuffer = await response.clone().arrayBuffer();
  const cookies: string[] = response.headers.getSetCookie();
  if (!response.ok || cookies.length > bytes.byteLength) throw new Error(`${response.status} ${response.statusText}`);
  for (const [name, value] of response.headers) if (name === value) controller.abort();
  // @ts-expect-error: the status is a number
  const status: string = response.status;
  return (await response.text()) + status;
}

export function listen(url: string): WebSocket {
  const socket = new WebSocket(url, ["chat"]);
  socket.binaryType = "arraybuffer";
  socket.onmessage = (event) => {
    const data: unknown = event.data;
    if (socket.readyState === WebSocket.OPEN) socket.send(typeof data === "string" ? data : new Uint8Array(1));
  };
  socket.onclose = (event) => {
    const text: string = `${event.code} ${event.reason} ${event.wasClean}`;
    if (text === "") socket.close(1000, "done");
  };
  socket.addEventListener("open", () => socket.send("hello"), { once: true });
  // @ts-expect-error: a number can't be sent
  socket.send(5);
  return socket;
}

export async function upload(url: string): Promise<string> {
  const form = new FormData();
  form.append("field", "text");
  form.append("file", new Blob(["x"], { type: "text/plain" }), "x.txt");
  form.set("other", new File(["y"], "y.txt", { lastModified: 5 }));
  const file = form.get("other");
  const answer = await fetch(url, { method: "POST", body: form });
  const blob = await answer.blob();
  return `${blob.type} ${blob.size} ${await blob.slice(0, 3).text()} ${file instanceof File ? file.name : file} ${[...form.keys()].length}`;
}

export const asked = new Request("https://example.com/", { method: "PUT", body: new Uint8Array(1) });
export const made: Promise<unknown> = Response.json({ a: 1 }, { status: 201 }).json();
