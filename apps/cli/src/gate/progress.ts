/** Lines for whoever waits. On the error stream, so that the answer stays clean. */
import type { MeasureProgress, Progress } from "@shopfloor/gate";
import type { Context } from "../context.ts";

export function measuring(context: Context, baseTree: string): (told: MeasureProgress) => void {
	return (told) => {
		if (told.kind === "waiting") context.note(waitingFor(told.holders));
		if (told.kind === "installing") context.note(`${told.what}…`);
		if (told.kind === "running")
			context.note(
				`running ${told.check} on the ${told.tree === baseTree ? "base" : "change"}${told.part ? ", in part" : ""}…`,
			);
	};
}

export function landing(context: Context): (told: Progress) => void {
	return (told) => {
		switch (told.kind) {
			case "waiting":
				return context.note(waitingFor(told.holders));
			case "recovered":
				return context.note(`completed a landing that was interrupted: ${told.to.slice(0, 12)}`);
			case "probing":
				return context.note(`looking for the culprit: ${named(told.changes)}…`);
			case "judging":
				return context.note(`checking ${named(told.changes)}…`);
			case "judged":
				return context.note(`${named(told.changes)}: ${words[told.judgement]}`);
			case "landed":
				return context.note(`landed ${named(told.changes)}: ${told.to.slice(0, 12)}`);
			case "base-moved":
				return context.note(`the base moved to ${told.to.slice(0, 12)} meanwhile; once more on top of it`);
			case "batch":
				return;
		}
	};
}

/** On a busy machine that is minutes. */
export function waitingFor(holders: readonly number[]): string {
	return `waiting for ${holders.length === 1 ? "process" : "one of the processes"} ${holders.join(", ")} to finish…`;
}

const words = { good: "passed", bad: "worse than the base", unknown: "could not be checked" } as const;

function named(changes: readonly string[]): string {
	return changes.length <= 3
		? changes.join(", ")
		: `${changes.slice(0, 2).join(", ")} and ${changes.length - 2} more together`;
}
