/** What the API demands of tools and of the schemas that it promises to keep to. */
import { type Responses, toolsOf } from "../request.ts";

export function schemaFaults(request: Responses): string[] {
	const functions = toolsOf(request).filter(({ type }) => type === "function" || type === "custom");
	const format = request.text?.format;
	return [
		...functions.flatMap(({ name = "" }) => nameFaults("a tool", name)),
		...functions.flatMap(({ name, strict, parameters }) =>
			strict === true ? strictFaults(`function '${name}'`, parameters ?? {}) : [],
		),
		...(format?.type === "json_schema" ? formatFaults(format) : []),
	];
}

type Format = NonNullable<NonNullable<Responses["text"]>["format"]>;

function formatFaults({ name, schema, strict }: Format): string[] {
	if (name === undefined) return ["Missing required parameter: 'text.format.name'."];
	if (schema === undefined) return ["Missing required parameter: 'text.format.schema'."];
	return [
		...nameFaults("text.format", name),
		...(strict === true ? strictFaults(`response_format '${name}'`, schema) : []),
	];
}

const namePattern = /^[a-zA-Z0-9_-]{1,128}$/;

function nameFaults(whose: string, name: string): string[] {
	if (namePattern.test(name)) return [];
	return [`Invalid name of ${whose}: '${name}' does not match the pattern '${namePattern.source}'.`];
}

function strictFaults(whose: string, schema: Record<string, unknown>): string[] {
	const outer = schema["type"] === "object" ? [] : ["schema must be a JSON Schema of 'type: \"object\"'."];
	return [...outer, ...objectFaults(schema, [])].map((fault) => `Invalid schema for ${whose}: ${fault}`);
}

/** As deep as the API takes a schema, and no deeper. */
const depthMax = 10;

function objectFaults(schema: unknown, context: readonly string[]): string[] {
	if (!isRecord(schema)) return [];
	if (context.length > 2 * depthMax) return [`it is nested deeper than ${depthMax} levels.`];
	const where = `In context=(${context.map((part) => `'${part}'`).join(", ")})`;
	const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
	const faults: string[] = [];
	if (schema["type"] === "object") {
		if (schema["additionalProperties"] !== false) {
			faults.push(`${where}, 'additionalProperties' is required to be supplied and to be false.`);
		}
		const required = Array.isArray(schema["required"]) ? schema["required"] : [];
		const missing = Object.keys(properties).find((key) => !required.includes(key));
		if (missing !== undefined) {
			faults.push(
				`${where}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
			);
		}
	}
	return [...faults, ...partsOf(schema, properties).flatMap(([key, part]) => objectFaults(part, [...context, ...key]))];
}

function partsOf(schema: Record<string, unknown>, properties: Record<string, unknown>): [string[], unknown][] {
	const named = (key: string, of: unknown): [string[], unknown][] =>
		isRecord(of) ? Object.entries(of).map(([name, part]) => [[key, name], part]) : [];
	const anyOf: unknown[] = Array.isArray(schema["anyOf"]) ? schema["anyOf"] : [];
	return [
		...named("properties", properties),
		...named("$defs", schema["$defs"]),
		[["items"], schema["items"]],
		...anyOf.map((part, at): [string[], unknown] => [["anyOf", String(at)], part]),
	];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
