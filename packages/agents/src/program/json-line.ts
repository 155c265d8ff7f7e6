/** A line of a stream of JSON objects, read with tolerance: what programs say changes with every version. */

export type JsonObject = { readonly [key: string]: unknown };

/** Undefined for whatever is no object: warnings of a runtime, half a line, noise. */
export function jsonLine(line: string): JsonObject | undefined {
	if (!line.startsWith("{")) return undefined;
	try {
		return asObject(JSON.parse(line));
	} catch {
		return undefined;
	}
}

export function asObject(value: unknown): JsonObject | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asText(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

/** A count or an amount; whatever is none is not known. */
export function asNumber(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function asObjects(value: unknown): readonly JsonObject[] {
	return Array.isArray(value) ? value.map(asObject).filter((item) => item !== undefined) : [];
}
