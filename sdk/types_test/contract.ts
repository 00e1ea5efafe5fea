// The implementation offers what the declarations promise.

import type { Editor } from "../index";
import editor = require("../src/index");

export const promised: Editor = editor;
