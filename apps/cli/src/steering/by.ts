/** Who speaks when a person types: `cli:` and the account's name, in the letters that the log takes. */
export function byOf(user: string): string {
	const name = user.replace(/[^\w.@-]+/g, "-").slice(0, nameMax);
	return `cli:${name === "" ? "unnamed" : name}`;
}

/** The log takes 80 characters in all. */
const nameMax = 76;
