import { oneLine } from "@shopfloor/core";
import { commitOf, findCommit, findLanded, type Reverted, revert } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { type Opened, tellNotes, withGate } from "./open.ts";
import type { RevertOptions } from "./options.ts";
import { measuring, waitingFor } from "./progress.ts";

/** Ends with 0 when nothing of it is left in the base. */
export async function showRevert(context: Context, name: string, options: RevertOptions): Promise<void> {
	await withGate(context, { ...options, runs: true }, async (opened) => {
		const { gate, branch } = opened;
		const by = personAt(context).by;
		const base = await gate.base();
		const site = gate.site(by, { tell: measuring(context, base.tree) });
		const commit = await meant(opened, site, name);
		await tellNotes(context, opened);
		const dryRun = options.dryRun ?? false;
		const reason = options.reason?.trim() || `Taken back by ${by}.`;
		const waits = (holders: readonly number[]) => context.note(waitingFor(holders));
		const reverted = await revert(site, { commit, reason, dryRun, waits, signal: context.interruption() });
		if (reverted.kind === "void") throw misuse(`${reverted.why}; nothing was done`);
		if (options.json) context.say(jsonText({ what: name, of: commit, dryRun, ...reverted }));
		else for (const line of revertedLines({ name, commit, branch, reverted, dryRun })) context.say(line);
		if (reverted.kind !== "reverted" && reverted.kind !== "nothing") context.endWith(exitCodes.failed);
	});
}

/** What is written like a commit is one, unless a branch of that name landed. */
async function meant({ gate, target, branch }: Opened, site: Parameters<typeof findLanded>[0], name: string) {
	const landed = await findLanded(site, name);
	if (landed !== undefined) return landed;
	const commit = /^[0-9a-f]{7,40}$/i.test(name) ? await commitOf(gate.store.git, name) : undefined;
	if (commit !== undefined) return commit;
	const log = `git -C ${target.address} log ${branch}`;
	if ((await findCommit(gate.store, name)) !== undefined)
		throw misuse(
			`${name} has not landed on ${branch}, so there is nothing to take back. A commit is taken back by its name: ${log}`,
		);
	throw misuse(`nothing that is called "${name}" landed on ${branch}, and no commit is. ${log} shows what there is`);
}

interface Sight {
	readonly name: string;
	readonly commit: string;
	readonly branch: string;
	readonly reverted: Exclude<Reverted, { kind: "void" }>;
	readonly dryRun: boolean;
}

export function revertedLines({ name, commit, branch, reverted, dryRun }: Sight): string[] {
	const what = oneLine(name);
	switch (reverted.kind) {
		case "reverted": {
			const done = dryRun
				? `would be taken back from ${branch}`
				: `taken back from ${branch}, as ${reverted.commit.slice(0, 12)}`;
			return [
				`${what}: ${done}`,
				...alsoNamed(name, commit, reverted.changes),
				...testsLines(reverted.givenUp, dryRun),
				...reverted.warnings.map((warning) => `note: ${oneLine(warning)}`),
			];
		}
		case "nothing":
			return [`${what}: nothing of it is left in ${branch}`];
		case "conflict":
			return [
				`${what}: not taken back, what came after it touches the same places: ${oneLine(listed(reverted.files))}`,
				`Do it by hand on a branch and land that: git revert ${commit.slice(0, 12)}, then ${invocation} land <branch>`,
			];
		case "bad":
			return [
				`${what}: not taken back, ${branch} would be worse without it`,
				...reverted.reasons.map((reason) => `  ${oneLine(reason)}`),
				"Take back first what stands on it, or mend it on a branch and land that.",
			];
		case "waiting":
			return [`${what}: not taken back yet, ${oneLine(reverted.why)}`];
	}
}

/** A merge stands for several, and a commit for a change that has a name. */
function alsoNamed(name: string, commit: string, changes: readonly string[]): string[] {
	const others = changes.filter((change) => change !== name && change !== commit);
	return others.length === 0 ? [] : [`  it landed ${oneLine(listed(others))}`];
}

function testsLines(tests: readonly string[], dryRun: boolean): string[] {
	if (tests.length === 0) return [];
	const count = tests.length === 1 ? "the test that came with it" : `the ${tests.length} tests that came with it`;
	return [`  ${count} ${dryRun ? "would go" : "went"} too: ${oneLine(listed(tests))}`];
}

function listed(names: readonly string[]): string {
	const some = names.slice(0, namedMax).join(", ");
	return names.length > namedMax ? `${some} and ${names.length - namedMax} more` : some;
}

/** A line or two; --json has all of them. */
const namedMax = 5;
