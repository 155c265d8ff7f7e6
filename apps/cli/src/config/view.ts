/** The effective configuration as lines. Pure. */
import { type FactoryConfig, oneLine } from "@shopfloor/core";
import type { Places } from "@shopfloor/core/io";
import type { Paint } from "../paint.ts";

export interface ShownConfig {
	readonly places: Places;
	readonly exists: boolean;
	readonly config: FactoryConfig;
	/** What stands in the file, as against what is a default. */
	readonly written: unknown;
	readonly secrets: readonly string[];
}

export function configLines({ places, exists, config, written, secrets }: ShownConfig, paint: Paint): string[] {
	const settings = flat(config);
	const width = Math.max(...settings.map(([key]) => key.length));
	return [
		`${paint.dim("configuration")}  ${places.config}${exists ? "" : "  (not there: everything is a default)"}`,
		`${paint.dim("state        ")}  ${places.state}`,
		`${paint.dim("installation ")}  ${places.root}`,
		`${paint.dim("secrets      ")}  ${secrets.length === 0 ? "none" : `${secrets.join(", ")}  (names only)`}`,
		"",
		...settings.map(([key, value]) => {
			const line = `${key.padEnd(width)}  ${oneLine(text(value))}`;
			return standsIn(written, key.split(".")) ? line : `${line}  ${paint.dim("(default)")}`;
		}),
	];
}

function flat(value: object, above = ""): [key: string, value: unknown][] {
	return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
		typeof inner === "object" && inner !== null && !Array.isArray(inner)
			? flat(inner, `${above}${key}.`)
			: [[`${above}${key}`, inner]],
	);
}

function standsIn(written: unknown, [key = "", ...below]: readonly string[]): boolean {
	if (typeof written !== "object" || written === null || !Object.hasOwn(written, key)) return false;
	return below.length === 0 || standsIn((written as Record<string, unknown>)[key], below);
}

function text(value: unknown): string {
	if (value === null) return "none";
	return typeof value === "string" ? value : JSON.stringify(value);
}
