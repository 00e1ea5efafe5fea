/** The form that a body holds. */

import { bytesOf, type Content } from "./body";
import { formOf, type FormData } from "./form_data";
import type { Headers } from "./headers";
import { mimeTypeOf } from "./mime_type";
import { partsIn } from "./multipart_parser";
import { native } from "./native";

/** Throws where the headers name no form, or the body is none. */
export const formIn = (content: Content, headers: Headers): FormData => {
  const type = mimeTypeOf(headers);
  if (type?.essence === "application/x-www-form-urlencoded") return formOf(fieldsIn(content));
  if (type?.essence !== "multipart/form-data") {
    throw new TypeError("the body is no form: its Content-Type must be multipart/form-data or application/x-www-form-urlencoded");
  }
  const boundary = type.parameters.get("boundary");
  if (!boundary) throw new TypeError("the body can't be read as a form: its Content-Type has no boundary");
  return formOf(partsIn(bytesOf(content), boundary));
};

const fieldsIn = (content: Content): [string, string][] => {
  const text = typeof content === "string" ? content : native.makeDecoder("utf-8", false, true)(content, false)!;
  const words = native.parseQuery(text);
  const fields: [string, string][] = [];
  for (let i = 0; i < words.length; i += 2) fields.push([words[i]!, words[i + 1]!]);
  return fields;
};
