/** reportError: reports a value as if it had been thrown and nobody had caught it. */

import { needs } from "./interface";

declare function setImmediate(callback: () => void): unknown;

export const { reportError } = {
  reportError(error: unknown): void {
    needs("reportError", 1, arguments.length);
    setImmediate(() => {
      throw error;
    });
  },
};
