/** A compiler's message as it would read if nothing but the place had changed. */

/**
 * One line; and the members of a union in one order. The compiler lists them in the order in which it met them, which
 * an edit in another file can change.
 */
export function stableMessage(message: string): string {
	return message
		.replaceAll(/\s+/g, " ")
		.trim()
		.replaceAll(/'([^']*)'/g, (_all, type: string) => `'${sortedUnion(type)}'`);
}

function sortedUnion(type: string): string {
	const members = topLevel(type);
	return members.length < 2 ? type : members.sort().join(" | ");
}

/** Split where no bracket or quote is open. */
function topLevel(type: string): string[] {
	const members: string[] = [];
	let depth = 0;
	let from = 0;
	for (let at = 0; at < type.length; at++) {
		const sign = type[at] as string;
		if ("<([{".includes(sign)) depth++;
		else if (">)]}".includes(sign) && type[at - 1] !== "=") depth--;
		else if (depth === 0 && type.startsWith(" | ", at)) {
			members.push(type.slice(from, at));
			from = at + 3;
		}
	}
	return [...members, type.slice(from)];
}
