/** Lines for whoever waits. On the error stream, so that the answer stays clean. */
import type { MeasureProgress, Progress, RunReason } from "@shopfloor/gate";
import type { Context } from "../context.ts";

export function measuring(context: Context, baseTree: string): (told: MeasureProgress) => void {
	let proofs = 0;
	return (told) => {
		switch (told.kind) {
			case "waiting":
				return context.note(waitingFor(told.holders));
			case "installing":
				return context.note(`${told.what}…`);
			case "running": {
				proofs = told.why === "proof" ? proofs + 1 : 0;
				const of = told.tree === baseTree ? "base" : "change";
				return context.note(running(told.check, of, told.part, told.why, proofs));
			}
			case "ran":
				return;
		}
	};
}

function running(check: string, of: string, part: boolean, why: RunReason, proofs: number): string {
	switch (why) {
		case "look":
			return `running ${check} on the ${of}${part ? ", in part" : ""}…`;
		case "again":
			return `running what failed of ${check} again, on the ${of}…`;
		case "old-tests":
			return "running tests that it edits as the base has them, on the change…";
		case "proof":
			return `looking whether its new tests can fail, run ${proofs}…`;
	}
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
