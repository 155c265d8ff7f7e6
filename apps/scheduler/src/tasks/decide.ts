/**
 * What the queue becomes: what others said is brought into it, what nobody works on any more comes back, and what waits
 * is handed out. Pure; one step after the other, each a change of the queue that is whole in itself.
 */
import type { Draft, Entry, Seq } from "@shopfloor/core";
import type { MayBegin } from "@shopfloor/core/io";
import { comingBack } from "./coming-back.ts";
import { handingOut } from "./handing-out.ts";
import { mayBeginNow } from "./may-begin.ts";
import type { Remembered } from "./remembered.ts";
import { foldSaid } from "./said.ts";
import type { Sight } from "./sight.ts";
import { merged, type Part, type Step } from "./step.ts";

export interface Snapshot extends Sight {
	readonly revision: number;
	/** What a life that ended in the middle had not told yet. */
	readonly untold: readonly Draft[];
	/** What others said and is not in the queue yet. */
	readonly said: readonly Entry[];
	/** Up to here nothing more was said. */
	readonly through: Seq;
	/** As it is published. */
	readonly mayBegin: MayBegin;
}

export type Action =
	| { readonly kind: "tell"; readonly drafts: readonly Draft[] }
	| { readonly kind: "step"; readonly step: Step }
	| { readonly kind: "publish"; readonly mayBegin: MayBegin }
	/** Nothing is left to be told. */
	| { readonly kind: "cross-out"; readonly remembered: Remembered };

/** An entry takes three steps at most, and a turn is given a few thousand of them. */
const stepsMax = 10_000;

export function decide(snapshot: Snapshot): Action[] {
	const { untold } = snapshot;
	const steps: Step[] = [];
	let now: Snapshot | undefined = snapshot;
	for (let count = 0; now !== undefined && count < stepsMax; count++) {
		const { step, next } = stepFrom(now);
		if (step !== undefined) steps.push(step);
		now = next;
	}
	const isTold = steps.length === 0 ? untold.length > 0 : steps.some(({ drafts }) => drafts.length > 0);
	const remembered = steps.at(-1)?.remembered ?? snapshot.remembered;
	const tasks = steps.reduce(merged, snapshot.tasks);
	const mayBegin = mayBeginNow({ ...snapshot, tasks, remembered });
	return [
		...(untold.length > 0 ? [{ kind: "tell", drafts: untold } as const] : []),
		...steps.map((step) => ({ kind: "step", step }) as const),
		...(isTold ? [{ kind: "cross-out", remembered } as const] : []),
		...(isSame(mayBegin, snapshot.mayBegin) ? [] : [{ kind: "publish", mayBegin } as const]),
	];
}

function isSame(one: MayBegin, other: MayBegin): boolean {
	return one.held === other.held && one.resting.join() === other.resting.join();
}

/** Whatever comes back is in the queue before anything is handed out, so that the most urgent goes first. */
function stepFrom(before: Snapshot): { readonly step: Step | undefined; readonly next: Snapshot | undefined } {
	const { moved, drafts, remembered, left } = foldSaid({ ...before, entries: before.said });
	const folded: Part = { moved: [...moved.values()], drafts, remembered };
	if (left.length > 0 || bringsBack(folded)) return made(before, [folded], left);
	const seen: Part = {
		...folded,
		remembered: { ...remembered, handled: Math.max(remembered.handled, before.through) },
	};
	const back = comingBack(after(before, seen));
	if (bringsBack(back)) return made(before, [seen, back], []);
	const out = handingOut(after(before, seen, back), before.revision);
	return { step: made(before, [seen, back, out], []).step, next: undefined };
}

function bringsBack({ moved }: Part): boolean {
	return moved.some(({ status }) => status === "waiting");
}

function made(before: Snapshot, parts: readonly Part[], said: readonly Entry[]) {
	const next = after(before, ...parts);
	const moved = parts.flatMap((part) => part.moved);
	const gone = parts.flatMap((part) => part.gone ?? []);
	const drafts = parts.flatMap((part) => part.drafts);
	const isQueued = moved.length > 0 || gone.length > 0;
	const revision = before.revision + (isQueued ? 1 : 0);
	const isStep = isQueued || drafts.length > 0 || isWorthNoting(before.remembered, next.remembered);
	const step: Step = { revision, before: before.remembered, remembered: next.remembered, moved, gone, drafts };
	return { step: isStep ? step : undefined, next: { ...next, revision, said, untold: [] } };
}

function after(before: Snapshot, ...parts: readonly Part[]): Snapshot {
	const tasks = parts.reduce((queue, part) => merged(queue, part), before.tasks);
	return { ...before, tasks, remembered: parts.at(-1)?.remembered ?? before.remembered };
}

/**
 * An entry that changed nothing may be read again. But what is read from the log, and not brought by a wake, is noted as
 * read.
 */
function isWorthNoting(before: Remembered, next: Remembered): boolean {
	const rest = (remembered: Remembered) => JSON.stringify({ ...remembered, handled: 0 });
	return before.handled < before.behind || rest(before) !== rest(next);
}
