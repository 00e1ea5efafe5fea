// The globals of an extension that the tests use, in place of those of a browser.
declare const console: { log(...args: unknown[]): void; warn(...args: unknown[]): void; error(...args: unknown[]): void };
declare function setTimeout(callback: () => void, ms: number): number;
