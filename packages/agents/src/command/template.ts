/** Filling in what a person wrote as a program to call, and finding fields in what it says. */

/** A word in braces that is none of ours stays: it may be the program's. */
export function filledIn(words: readonly string[], values: Readonly<Record<string, string | undefined>>): string[] {
	return words.map((word) => word.replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole));
}

/** `a.0.b` of a value; undefined where there is none. */
export function fieldOf(value: unknown, path: string): unknown {
	return path
		.split(".")
		.reduce<unknown>(
			(inner, key) =>
				typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
					? (inner as Record<string, unknown>)[key]
					: undefined,
			value,
		);
}
