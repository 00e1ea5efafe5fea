/** fetch and Headers, which take the place of whatever the host has by that name. */

import { rpc } from "./bridge";

class Headers {
  _map: { [name: string]: string } = {};

  constructor(init?: any) {
    if (init && typeof init.forEach === "function") init.forEach((value: string, name: string) => this.set(name, value));
    else for (const name of Object.keys(init || {})) this.set(name, init[name]);
  }
  get(name: string) {
    return this._map[String(name).toLowerCase()] || null;
  }
  has(name: string) {
    return String(name).toLowerCase() in this._map;
  }
  set(name: string, value: string) {
    this._map[String(name).toLowerCase()] = String(value);
  }
  delete(name: string) {
    delete this._map[String(name).toLowerCase()];
  }
  forEach(call: (value: string, name: string) => void) {
    for (const name of Object.keys(this._map)) call(this._map[name]!, name);
  }
}

function fetch(input: any, init: any = {}): Promise<unknown> {
  const url = typeof input === "string" ? input : (input && input.url) || String(input);
  const headers = new Headers(init.headers)._map;
  return rpc("network.fetch", { url, method: init.method || "GET", headers, body: init.body || null }).then((answer) =>
    response(url, answer),
  );
}

function response(url: string, answer: any) {
  const { status, statusText, body } = answer;
  return {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers: new Headers(answer.headers),
    redirected: false,
    type: "basic",
    url,
    bodyUsed: false,
    text: () => Promise.resolve(typeof body === "string" || body === undefined ? body : JSON.stringify(body)),
    json: () => new Promise((resolve) => resolve(typeof body === "string" ? JSON.parse(body) : body)),
  };
}

Object.assign(globalThis, { Headers, fetch });
