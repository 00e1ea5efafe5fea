/** What a script of this folder hands over: a function for each feature that it installs or global that it makes. */
declare const script: { exports: Record<string, (native: import("./native").Native) => unknown> };
