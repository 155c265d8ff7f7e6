/** JSON for programs and terminals alike: what a terminal might obey is written as an escape, and means the same. */
export function harmlessJson(value: unknown, indent?: string): string {
	// Outside of strings JSON has tabs and line ends only, and inside of strings JSON.stringify has escaped those.
	return JSON.stringify(value, null, indent).replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
		character
			.split("")
			.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
			.join(""),
	);
}
