/** JSON for programs and terminals alike: what a terminal might obey is written as an escape, and means the same. */
export function jsonLine(value: unknown): string {
	return harmless(JSON.stringify(value));
}

export function jsonText(value: unknown): string {
	return harmless(JSON.stringify(value, null, "\t"));
}

/** Outside of strings JSON has tabs and line ends only, and inside of strings JSON.stringify has escaped those. */
function harmless(json: string): string {
	return json.replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
		character
			.split("")
			.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
			.join(""),
	);
}
