/** Names of branches, made from words that anybody may have written. */

/**
 * `task 12: --upload-pack=x` becomes `task-12-upload-pack-x`. Only these characters can never be an option, a range,
 * a lock file or a path that leads elsewhere.
 */
export function slug(text: string): string {
	const words = text
		.normalize("NFKD")
		.replace(/[\u0300-\u036f]/g, "")
		.toLowerCase()
		.match(/[a-z0-9]+/g);
	const short = (words ?? []).join("-").slice(0, slugMax).replace(/-$/, "");
	return short === "" ? "unnamed" : short;
}

/** Leaves room for the parts around it under the limit of file names. */
const slugMax = 60;

/** `brl/<session>/<when>`: where a session's cycle goes. */
export function cycleBranch(session: string, atMs: number): string {
	const when = new Date(atMs).toISOString().replace(/[-:]/g, "").replace(/\..*/, "");
	return `brl/${slug(session)}/${when.toLowerCase()}z`;
}

/** The same name for a further attempt, when it is taken. */
export function attempt(branch: string, number: number): string {
	return number === 1 ? branch : `${branch}-${number}`;
}
