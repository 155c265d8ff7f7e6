/**
 * The commits that land. One change is one commit on top of the base. Several that were checked together are a chain of
 * such commits beside the base and one merge of it: only trees that were checked stand on the first-parent line, and
 * each change is a commit of its own all the same (ADR 9).
 */
import type { Git } from "../git/git.ts";
import { commitTree, factory, type Person } from "../git/objects.ts";
import { type Trailers, withoutOurs, withTrailers } from "../git/trailers.ts";
import type { Base, LandingChange } from "./change.ts";
import type { Step } from "./combine.ts";

export interface Composed {
	/** What the base branch is moved to. */
	readonly tip: string;
	readonly tree: string;
	readonly commits: readonly { readonly change: LandingChange; readonly commit: string }[];
}

export interface Composition {
	readonly base: Base;
	readonly steps: readonly Step[];
	readonly receipt: string;
	/** `seq:hash` of the log, so that the history of the target shows when the log was cut. */
	readonly logHead: string | undefined;
	readonly seconds: number;
}

export async function compose(git: Git, composition: Composition): Promise<Composed> {
	const { base, steps, receipt, logHead, seconds } = composition;
	const proof = { Receipt: receipt, "Log-Head": logHead };
	const only = steps.length === 1;
	const commits: { change: LandingChange; commit: string }[] = [];
	for (const { change, tree } of steps) {
		const parents = [commits.at(-1)?.commit ?? base.commit];
		const message = withTrailers(await wordsOf(git, base.commit, change), {
			...trailersOf(change),
			...(only ? proof : {}),
		});
		const author = await authorOf(git, change);
		commits.push({ change, commit: await commitTree(git, { tree, parents, message, author, seconds }) });
	}
	const last = steps.at(-1);
	const end = commits.at(-1)?.commit;
	if (last === undefined || end === undefined) throw new Error("nothing to compose");
	if (only) return { tip: end, tree: last.tree, commits };
	const message = withTrailers(titleOf(steps), proof);
	const parents = [base.commit, end];
	return { tip: await commitTree(git, { tree: last.tree, parents, message, seconds }), tree: last.tree, commits };
}

/** Of what a session made, the factory; a person's change stays that person's. */
async function authorOf(git: Git, { session, commit }: LandingChange): Promise<Person> {
	if (session !== undefined) return factory;
	const [name = "", email = ""] = (await git.text(["log", "-1", "--format=%an%x00%ae", commit])).split("\0");
	return name.trim() === "" ? factory : { name, email };
}

function titleOf(steps: readonly Step[]): string {
	const list = steps.map(({ change }) => `- ${change.id}`).join("\n");
	return `Land ${steps.length} changes, checked together\n\n${list}`;
}

/**
 * Subject and body of the commit; of several that become one, those of the last, and then of all before it. What only
 * the factory may say is taken out.
 */
async function wordsOf(git: Git, base: string, { commit, branch }: LandingChange): Promise<string> {
	const each = ["log", "-z", "--topo-order", "--no-merges", "--format=%B", "--encoding=UTF-8"];
	const said = (await git.text([...each, `${base}..${commit}`])).split("\0").map(withoutOurs);
	const [last = "", ...earlier] = said.filter((words) => words !== "");
	const list = earlier.reverse().map((words) => `* ${words.replace(/\n(?=.)/g, "\n  ")}`);
	return [last, ...list].join("\n\n").slice(0, wordsMax) || `Land ${branch}`;
}

const wordsMax = 20_000;

function trailersOf({ branch, session, cycle, task, reviewedBy, accepted, usd }: LandingChange): Trailers {
	return {
		Branch: branch,
		Session: session,
		Cycle: cycle === undefined ? undefined : String(cycle),
		Task: task,
		"Reviewed-by": reviewedBy,
		Accepted:
			accepted === undefined || accepted.rules.length === 0
				? undefined
				: `${accepted.rules.join(", ")} by ${accepted.by}`,
		"Cost-USD": usd === undefined ? undefined : usd.toFixed(2),
	};
}
