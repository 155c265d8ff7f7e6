/** The last lines of a commit's message: what the factory says about it, and nobody else. */

export type Trailers = Readonly<Record<string, string | undefined>>;

export function withTrailers(words: string, trailers: Trailers): string {
	const lines = Object.entries(trailers).flatMap(([name, value]) =>
		value === undefined ? [] : [`${name}: ${value.replace(/[\r\n]+/g, " ")}`],
	);
	return lines.length === 0 ? words : `${words}\n\n${lines.join("\n")}`;
}

/** Words an agent wrote must not read as what only the factory says: such lines are taken out. */
export function withoutOurs(words: string): string {
	const lines = words.split("\n").filter((line) => !isOurs(line));
	return lines.join("\n").trim();
}

function isOurs(line: string): boolean {
	return /^(Branch|Session|Cycle|Task|Reviewed-by|Accepted|Receipt|Cost-USD|Log-Head|Reverts)\s*:/i.test(line.trim());
}

/** The trailers of a commit's message that the factory wrote: the last paragraph. */
export function readTrailers(message: string): Trailers {
	const last =
		message
			.trimEnd()
			.split(/\n\s*\n/)
			.at(-1) ?? "";
	const found: Record<string, string> = {};
	for (const line of last.split("\n")) {
		const [, name, value] = /^([A-Z][A-Za-z-]*): (.+)$/.exec(line) ?? [];
		if (name !== undefined && value !== undefined) found[name] = value;
	}
	return found;
}
