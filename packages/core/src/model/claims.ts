/** Which files are spoken for. Two coders at one file are a conflict that only one of them survives. */

export interface Claims {
	readonly paths: ReadonlySet<string>;
	/** The folders that hold them. */
	readonly above: ReadonlySet<string>;
}

/** A path names a file or a folder, from the top of the repository; a pattern counts as the folder that it looks into. */
export function claimsOf(files: Iterable<string>): Claims {
	const paths = new Set(Array.from(files, pathOf));
	return { paths, above: new Set([...paths].flatMap(foldersAbove)) };
}

/** Equal paths meet, and so do a folder and whatever lies in it. */
export function meets({ paths, above }: Claims, file: string): boolean {
	const path = pathOf(file);
	return paths.has(path) || above.has(path) || foldersAbove(path).some((folder) => paths.has(folder));
}

/** Empty for the whole repository. */
function pathOf(file: string): string {
	const parts = file.split("/").filter((part) => part !== "" && part !== ".");
	const pattern = parts.findIndex((part) => part.includes("*"));
	return (pattern < 0 ? parts : parts.slice(0, pattern)).join("/");
}

function foldersAbove(path: string): string[] {
	if (path === "") return [];
	const parts = path.split("/");
	return parts.map((_, depth) => parts.slice(0, depth).join("/"));
}
