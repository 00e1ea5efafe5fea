// A JSON Schema validator that compiles its schemas to JavaScript, with new Function.
import Ajv from "ajv";

const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile({
	type: "object",
	required: ["name", "port"],
	properties: {
		name: { type: "string", minLength: 2, pattern: "^[a-z]+$" },
		port: { type: "integer", minimum: 1, maximum: 65535 },
		hosts: { type: "array", uniqueItems: true, items: { $ref: "#/$defs/host" } },
	},
	additionalProperties: false,
	$defs: { host: { type: "string", maxLength: 10 } },
});
console.log(validate({ name: "editor", port: 8080, hosts: ["a", "b"] }));
console.log(validate({ name: "E", port: 0, hosts: ["same", "same"], more: true }));
console.log(validate.errors?.map((error) => `${error.instancePath || "/"} ${error.message}`).sort().join("\n"));
