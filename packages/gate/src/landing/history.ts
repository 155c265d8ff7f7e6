/** What landed, read from the first-parent line of the base: who moved it there, and with what proof. */

import { isShopfloorError } from "@shopfloor/core/io";
import { factory } from "../git/objects.ts";
import { notes, type Store } from "../git/store.ts";
import { readTrailers } from "../git/trailers.ts";

export interface BaseCommit {
	readonly commit: string;
	readonly tree: string;
	readonly parents: readonly string[];
	readonly subject: string;
	/** Whether the factory moved the base there, by its name and its trailer. */
	readonly ours: boolean;
	/** The key of its proof. */
	readonly receipt: string | undefined;
	/** The proof itself, as it travelled with the commit. */
	readonly note: string | undefined;
	/** `seq:hash` of the log when it landed. */
	readonly logHead: string | undefined;
}

/** With the notes that came from the target where there are none of ours; those may be rubbish, and then are none. */
export async function firstParents(store: Store, range: readonly string[], count?: number): Promise<BaseCommit[]> {
	const commits = await read(store, range, notes.ours, count);
	if (commits.every(({ ours, note }) => !ours || note !== undefined)) return commits;
	const theirs = new Map<string, string | undefined>();
	try {
		for (const { commit, note } of await read(store, range, notes.theirs, count)) theirs.set(commit, note);
	} catch (error) {
		if (!isShopfloorError(error, "git-failed")) throw error;
	}
	return commits.map((commit) => (commit.note === undefined ? { ...commit, note: theirs.get(commit.commit) } : commit));
}

/** Oldest first. `range` is what git takes: `main`, `v1..main`. Rejects where it names nothing. */
async function read({ git }: Store, range: readonly string[], noted: string, count?: number): Promise<BaseCommit[]> {
	const fields = await git.fields([
		"log",
		"-z",
		"--first-parent",
		"--reverse",
		`--notes=${noted}`,
		`--format=%H%x00%T%x00%P%x00%cn%x00%B%x00%N`,
		...(count === undefined ? [] : [`--max-count=${count}`]),
		"--end-of-options",
		...range,
		"--",
	]);
	const commits: BaseCommit[] = [];
	for (let at = 0; at + fieldsEach <= fields.length; at += fieldsEach) {
		const [commit = "", tree = "", parents = "", committer = "", body = "", note = ""] = fields.slice(
			at,
			at + fieldsEach,
		);
		const trailers = readTrailers(body);
		const receipt = trailers["Receipt"];
		commits.push({
			commit,
			tree,
			parents: parents.split(" ").filter((parent) => parent !== ""),
			subject: body.split("\n", 1)[0] ?? "",
			ours: committer === factory.name && receipt !== undefined,
			receipt,
			note: note.trim() === "" ? undefined : note,
			logHead: trailers["Log-Head"],
		});
	}
	return commits;
}

const fieldsEach = 6;
