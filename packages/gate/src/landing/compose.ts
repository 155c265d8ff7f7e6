/**
 * The commits that land. One change is one commit on top of the base. Several that were checked together are a chain of
 * such commits beside the base and one merge of it: only trees that were checked stand on the first-parent line, and
 * each change is a commit of its own all the same (ADR 9).
 */
import type { Git } from "../git/git.ts";
import { commitTree, factory, type Person } from "../git/objects.ts";
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
	/** Who a change by hand is from; the factory where nobody is named. */
	readonly author?: Person;
}

export async function compose(git: Git, composition: Composition): Promise<Composed> {
	const { base, steps, receipt, logHead, seconds, author = factory } = composition;
	const proof = { Receipt: receipt, "Log-Head": logHead };
	const only = steps.length === 1;
	const commits: { change: LandingChange; commit: string }[] = [];
	for (const { change, tree } of steps) {
		const parents = [commits.at(-1)?.commit ?? base.commit];
		const message = withTrailers(await wordsOf(git, change), { ...trailersOf(change), ...(only ? proof : {}) });
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

function titleOf(steps: readonly Step[]): string {
	const list = steps.map(({ change }) => `- ${change.id}`).join("\n");
	return `Land ${steps.length} changes, checked together\n\n${list}`;
}

/** Subject and body of the commit itself; of several, those of the last. What only the factory may say is taken out. */
async function wordsOf(git: Git, { commit, branch }: LandingChange): Promise<string> {
	const text = await git.text(["log", "-1", "--format=%B", "--encoding=UTF-8", commit]);
	const lines = text.split("\n").filter((line) => !isOurs(line));
	return lines.join("\n").trim().slice(0, wordsMax) || `Land ${branch}`;
}

const wordsMax = 20_000;

function trailersOf({ branch, session, cycle, task, reviewedBy, usd }: LandingChange): Trailers {
	return {
		Branch: branch,
		Session: session,
		Cycle: cycle === undefined ? undefined : String(cycle),
		Task: task,
		"Reviewed-by": reviewedBy,
		"Cost-USD": usd === undefined ? undefined : usd.toFixed(2),
	};
}

export type Trailers = Readonly<Record<string, string | undefined>>;

/** Words an agent wrote must not read as what only the factory says. */
function isOurs(line: string): boolean {
	return /^(Branch|Session|Cycle|Task|Reviewed-by|Receipt|Cost-USD|Log-Head|Reverts)\s*:/i.test(line.trim());
}

export function withTrailers(words: string, trailers: Trailers): string {
	const lines = Object.entries(trailers).flatMap(([name, value]) =>
		value === undefined ? [] : [`${name}: ${value.replace(/[\r\n]+/g, " ")}`],
	);
	return lines.length === 0 ? words : `${words}\n\n${lines.join("\n")}`;
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
