/// <reference path="../files.d.ts" />

import icon from "./icon.png";
import readme from "./README.md";

export const texts: string[] = [icon, readme];

// @ts-expect-error: it is a string
export const number: number = readme;
