/** The first thing in a text that looks like a version; undefined when there is none. */
export function versionIn(text: string): string | undefined {
	return /\d+\.\d+(\.\d+)?/.exec(text)?.[0];
}

export function isAtLeast(version: string, least: string): boolean {
	const found = version.split(".").map(Number);
	const wanted = least.split(".").map(Number);
	for (const [index, part] of wanted.entries()) {
		const difference = (found[index] ?? 0) - part;
		if (difference !== 0) return difference > 0;
	}
	return true;
}
