/** What was said, said again to two sets of skills. Pure. */
import type { Heard } from "./heard.ts";
import type { SkillSet } from "./skill-set.ts";
import { type Understood, understand } from "./understand.ts";

export interface Difference {
	readonly heard: Heard;
	readonly before: Understood;
	readonly after: Understood;
}

export interface Replay {
	readonly messages: number;
	readonly before: Score;
	readonly after: Score;
	/** What only the second set handles. */
	readonly gained: readonly Difference[];
	/** What the first set answered, as far as anybody knows rightly, and the second answers otherwise or not at all. */
	readonly changed: readonly Difference[];
	/** What neither handles. */
	readonly open: readonly Heard[];
}

export interface Score {
	/** Answered, and nobody is known to have meant something else. */
	readonly handled: number;
	/** Answered, and something else was meant. */
	readonly wrong: number;
}

export function replay(messages: readonly Heard[], before: SkillSet, after: SkillSet): Replay {
	const first = remembering(before);
	const second = remembering(after);
	const score = { before: { handled: 0, wrong: 0 }, after: { handled: 0, wrong: 0 } };
	const gained: Difference[] = [];
	const changed: Difference[] = [];
	const open: Heard[] = [];
	for (const heard of messages) {
		const difference = { heard, before: first(heard.text), after: second(heard.text) };
		const was = judge(difference.before, heard);
		const is = judge(difference.after, heard);
		if (was !== "open") score.before[was]++;
		if (is !== "open") score.after[is]++;
		if (was === "handled" && !isSame(difference.before, difference.after)) changed.push(difference);
		// It was answered by others then: by a command, the agent, or a set of skills before both of these.
		else if (was !== "wrong" && is === "wrong") changed.push(difference);
		else if (was !== "handled" && is === "handled") gained.push(difference);
		else if (was === "open" && is === "open") open.push(heard);
	}
	return { messages: messages.length, ...score, gained, changed, open };
}

/** Of all messages; of none all are handled. */
export function shareOf({ handled }: Score, messages: number): number {
	return messages === 0 ? 1 : Math.round((handled / messages) * 1000) / 1000;
}

export function judge(understood: Understood, { meant, wrong }: Heard): keyof Score | "open" {
	if (understood.kind !== "act") return "open";
	if (meant !== null) return understood.action === meant ? "handled" : "wrong";
	return wrong.includes(understood.action) ? "wrong" : "handled";
}

function isSame(one: Understood, other: Understood): boolean {
	if (one.kind !== "act" || other.kind !== "act") return false;
	return (
		one.action === other.action &&
		one.answer === other.answer &&
		JSON.stringify(sorted(one.args)) === JSON.stringify(sorted(other.args))
	);
}

function sorted(args: Readonly<Record<string, string>>): [string, string][] {
	return Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** People say the same thing often. */
function remembering(set: SkillSet): (text: string) => Understood {
	const known = new Map<string, Understood>();
	return (text) => {
		const found = known.get(text) ?? understand(text, set);
		known.set(text, found);
		return found;
	};
}
