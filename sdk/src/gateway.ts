/** `host`: whatever this host offers beyond the platform, by name. */

import { invalid, kindOf } from "./core/error";
import { call as request } from "./core/rpc";
import { on } from "./events";

function call(method: string, params: object = {}): Promise<unknown> {
  if (typeof method !== "string" || method === "") {
    return Promise.reject(invalid("host.call needs the name of a method"));
  }
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    return Promise.reject(invalid(`host.call("${method}") needs an object of params, got ${kindOf(params)}`));
  }
  return request(method, params);
}

export const host = { call, on };
