/** Every sentence that a worker says. */
import { type Cycle, oneLine } from "@shopfloor/core";

export const noRepository = "no repository is configured, so there is nothing to work on";

export function interrupted(step: Cycle["step"]): string {
	return `interrupted: the process died at the step "${step}"`;
}

export function calledOff(why: unknown, kept: string | undefined): string {
	const called = `called off: ${why instanceof Error ? why.message : "the process was told to end"}`;
	return kept === undefined ? called : `${called}. What was begun is kept at ${kept}`;
}

/** `how` is the scheduler's word: "cancelled by cli:ana: it is done by hand". */
export function taskCancelled(how: string): string {
	return `the task was ${how}`;
}

export function notOurs(task: string): string {
	return `${task} is not this session's any more`;
}

export function unmeasurable(why: string): string {
	return `the base cannot be measured, so no change could be told from it: ${why}`;
}

export const nothingToDo = "nothing is wrong that could be measured, and the planner has no idea worth a change";

export function repeats(title: string): string {
	return `the plan repeats what was tried lately: ${title}`;
}

export function held(files: readonly string[]): string {
	return `the plan touches what others work on: ${some(files)}`;
}

export function taken(title: string): string {
	return `others took it, or its files, in the same moment: ${title}`;
}

export function tooWide(files: number, most: number): string {
	return `the plan is too wide for one small thing: ${files} files, where ${most} are the limit`;
}

export const changedNothing = "the agent changed nothing";

export function outOfScope(files: readonly string[]): string {
	return `out of scope: it changed ${some(files)}, and nothing of what the task is about`;
}

export function touchesHeld(files: readonly string[]): string {
	return `it changed what others work on: ${some(files)}`;
}

export function conflictsWith(change: string, files: readonly string[]): string {
	return `it conflicts with ${change}, which is in review, in ${some(files)}`;
}

export function measured(before: Measure, after: Measure): string {
	const parts = [
		moved("errors", before.errors, after.errors),
		moved("failing tests", before.failingTests, after.failingTests),
	].filter((part) => part !== undefined);
	return parts.length === 0 ? "nothing got worse" : parts.join(", ");
}

export interface Measure {
	readonly errors: number;
	readonly failingTests: number;
}

function moved(what: string, before: number, after: number): string | undefined {
	return before === after ? undefined : `${what} ${before} → ${after}`;
}

/** What an agent said in several lines, as one: the log would show where they ended. */
export function sentence(text: string): string {
	return oneLine(
		text
			.trim()
			.replace(/:\s*\n\s*/g, ": ")
			.replace(/\s*\n\s*/g, "; "),
	);
}

/** As many as a person reads. */
function some(files: readonly string[]): string {
	const shown = files.slice(0, 5).join(", ");
	return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}
