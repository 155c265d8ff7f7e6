import { oneLine } from "@shopfloor/core";
import { type Watched, watchBase } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { exitCodes } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { withGate } from "./open.ts";
import type { WatchOptions } from "./options.ts";
import { measuring, waitingFor } from "./progress.ts";
import { revertedLines } from "./revert.ts";

/** Ends with 0 where nothing is worse. */
export async function showWatch(context: Context, options: WatchOptions): Promise<void> {
	await withGate(context, { ...options, runs: true }, async ({ gate, branch }) => {
		const by = personAt(context).by;
		const tell = measuring(context, (await gate.base()).tree);
		const fresh = gate.site(by, { tell, fresh: true }).judge;
		const dryRun = options.dryRun ?? false;
		const watched = await watchBase(gate.site(by, { tell }), fresh, {
			dryRun,
			waits: (holders) => context.note(waitingFor(holders)),
			signal: context.interruption(),
		});
		if (options.json) context.say(jsonText(watched));
		else for (const line of watchedLines(watched, branch, dryRun)) context.say(line);
		if (watched.kind !== "good" && watched.kind !== "first") context.endWith(exitCodes.failed);
	});
}

function watchedLines(watched: Watched, branch: string, dryRun: boolean): string[] {
	switch (watched.kind) {
		case "first":
			return [`${branch} is watched from ${watched.commit.slice(0, 12)} on; the next look is compared with it.`];
		case "good":
			return [`${branch} at ${watched.commit.slice(0, 12)} is as good as when it was last looked at.`];
		case "unknown":
			return [`Nothing can be said about ${branch}: ${oneLine(watched.why)}`];
		case "foreign":
			return [
				`${branch} is worse since ${watched.commit.slice(0, 12)} "${oneLine(watched.subject)}", which the factory did not land, and so it is left alone:`,
				...reasonLines(watched.reasons),
			];
		case "culprit": {
			const { change, commit, reasons, reverted } = watched;
			return [
				`${branch} is worse since ${oneLine(change)} landed as ${commit.slice(0, 12)}:`,
				...reasonLines(reasons),
				...(reverted.kind === "void"
					? [oneLine(reverted.why)]
					: revertedLines({ name: change, commit, branch, reverted, dryRun })),
			];
		}
	}
}

function reasonLines(reasons: readonly string[]): string[] {
	return reasons.map((reason) => `  ${oneLine(reason)}`);
}
