/** The files of a base, for those who read off them what it is measured by. */
import { contentsOf, sizesOf } from "../diff/blobs.ts";
import type { Git } from "../git/git.ts";
import { listTree } from "../git/objects.ts";

export interface BaseFiles {
	/** Of files and links, by path. A link's text is where it leads. */
	readonly modes: ReadonlyMap<string, string>;
	/** Texts by path; what is not there, or too large to be written by hand, is left out. */
	read(paths: Iterable<string>): Promise<ReadonlyMap<string, string>>;
	/** Paths of files with a line that matches; written so that git and JavaScript read it in the same way. */
	matching(pattern: string): Promise<readonly string[]>;
}

export async function baseFiles(git: Git, base: string): Promise<BaseFiles> {
	const entries = (await listTree(git, base)).filter(({ type }) => type === "blob");
	const ids = new Map(entries.map(({ path, id }) => [path, id]));
	return {
		modes: new Map(entries.map(({ path, mode }) => [path, mode])),
		async read(paths) {
			const wanted = [...paths].flatMap((path) => {
				const id = ids.get(path);
				return id === undefined ? [] : [{ path, id }];
			});
			const sizes = await sizesOf(
				git,
				wanted.map(({ id }) => id),
			);
			let total = 0;
			const small = wanted.filter(({ id }) => {
				const bytes = sizes.get(id) ?? 0;
				if (bytes > textBytesMax || total + bytes > bytesMax) return false;
				total += bytes;
				return true;
			});
			const contents = await contentsOf(
				git,
				small.map(({ id }) => id),
			);
			return new Map(small.map(({ path, id }) => [path, contents.get(id)?.toString("utf8") ?? ""]));
		},
		async matching(pattern) {
			const args = ["grep", "-z", "-l", "-I", "--full-name", "--no-color", "-E", "-e", pattern, base];
			const { stdout } = await git.answer(args, { answers: [0, 1] });
			// Each name stands behind the base's.
			return stdout
				.toString("utf8")
				.split("\0")
				.filter((line) => line !== "")
				.map((line) => line.slice(base.length + 1));
		},
	};
}

const textBytesMax = 1024 * 1024;
/** Of all that is read at once, and held in memory. */
const bytesMax = 64 * 1024 * 1024;
