import editor, { network, onLoad } from "@srcnexus/ext-sdk";

const lab = (method, params) => editor.host.call("lab." + method, params);
const codeOf = (error) => error.code;
const dataOf = (message) => ({ data: message.binary ? message.bytes : message.data });
