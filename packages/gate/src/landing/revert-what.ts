/** What is to be taken back: a commit of the base's history, and the changes that landed with it. */
import type { Git } from "../git/git.ts";
import { commitOf, factory, isAncestor } from "../git/objects.ts";
import { mirrored } from "../git/store.ts";
import { readTrailers, type Trailers } from "../git/trailers.ts";
import type { Base } from "./change.ts";
import type { LandingSite } from "./site.ts";

type Where = Pick<LandingSite, "store" | "branch" | "log">;

export interface Revertable {
	readonly kind: "revertable";
	readonly commit: string;
	/** As it was before. */
	readonly parent: string;
	readonly subject: string;
	/** By their names in the queue; a person's commit stands for itself. */
	readonly changes: readonly { readonly id: string; readonly commit: string }[];
}

export type NotRevertable = { readonly kind: "void"; readonly why: string };

export async function revertable(site: Where, named: string, base: Base): Promise<Revertable | NotRevertable> {
	const { git } = site.store;
	const commit = await commitOf(git, named);
	if (commit === undefined) return { kind: "void", why: `there is no commit ${named}` };
	const short = commit.slice(0, 12);
	if (!(await isAncestor(git, commit, base.commit)))
		return { kind: "void", why: `${short} is not part of ${site.branch}` };
	const [read] = await readCommits(git, ["--no-walk", commit]);
	const [parent, chain] = read?.parents ?? [];
	if (read === undefined || parent === undefined)
		return { kind: "void", why: `${short} is where ${site.branch} begins: there is nothing before it` };
	const several = chain !== undefined && read.ours;
	const landed = several ? await readCommits(git, ["--first-parent", "--reverse", `${parent}..${chain}`]) : [read];
	return { kind: "revertable", commit, parent, subject: read.subject, changes: await withNames(site, landed) };
}

/**
 * The commit of the change that landed last under this name: a branch's, as the commits say, or a change's in the queue,
 * as the log says. Undefined where nothing did.
 */
export async function findLanded(site: Where, name: string): Promise<string | undefined> {
	const { git } = site.store;
	const byUs = `--committer=${factory.name} <${factory.email}>`;
	const matching = ["--topo-order", "--fixed-strings", `--grep=Branch: ${name}`, byUs, mirrored(site.branch)];
	const found = (await readCommits(git, matching)).find(({ trailers }) => trailers["Branch"] === name);
	if (found !== undefined) return found.commit;
	const inLog = (await landingsIn(site)).findLast(({ change }) => change === name);
	return inLog === undefined ? undefined : await commitOf(git, inLog.commit);
}

interface ReadCommit {
	readonly commit: string;
	readonly parents: readonly string[];
	readonly subject: string;
	readonly ours: boolean;
	readonly trailers: Trailers;
}

async function readCommits(git: Git, which: readonly string[]): Promise<ReadCommit[]> {
	const fields = await git.fields(["log", "-z", "--format=%H%x00%P%x00%cn%x00%B", ...which, "--"]);
	const commits: ReadCommit[] = [];
	for (let at = 0; at + fieldsEach <= fields.length; at += fieldsEach) {
		const [commit = "", parents = "", committer, body = ""] = fields.slice(at, at + fieldsEach);
		const trailers = readTrailers(body);
		commits.push({
			commit,
			parents: parents.split(" ").filter((parent) => parent !== ""),
			subject: body.split("\n", 1)[0] ?? "",
			ours: committer === factory.name && trailers["Receipt"] !== undefined,
			trailers,
		});
	}
	return commits;
}

const fieldsEach = 4;

async function withNames(site: Where, commits: readonly ReadCommit[]): Promise<Revertable["changes"]> {
	const inLog = await landingsIn(site);
	return commits.map(({ commit, trailers }) => {
		const told = inLog.findLast((landing) => landing.commit === commit)?.change;
		return { commit, id: (told ?? trailers["Branch"] ?? commit).slice(0, idMax) };
	});
}

/** Of a change, in the log. */
const idMax = 120;

async function landingsIn({ log }: Where): Promise<{ change: string; commit: string }[]> {
	const entries = await log.last(landingsLookedAt, { type: ["change_landed"] });
	return entries.flatMap(({ type, data }) => (type === "change_landed" ? [data] : []));
}

/** What is found to be bad landed lately; older ones are named after their branches. */
const landingsLookedAt = 1_000;
