/**
 * Which of a batch may land. The whole batch is judged first: mostly that is all. If it is bad, the shortest bad prefix
 * is searched by halves; its last change is the culprit, and everything before it has been proven good on the way, on
 * exactly the tree that will land. With no change bad this takes one judgement whatever the size, with one bad about
 * log2 of the size.
 *
 * Pure but for the judgements it asks for.
 */
import type { Judgement, LandingChange } from "./change.ts";

export interface Settled {
	/** So many of the batch, from the first, are good together. */
	readonly good: number;
	/** The proof for the tree of those. */
	readonly receipt: string | undefined;
	readonly culprit?: Culprit;
	/** Why nothing is known about those after the good ones. */
	readonly unknown?: string;
}

export interface Culprit {
	/** Its place in the batch. */
	readonly at: number;
	readonly reasons: readonly string[];
	/** The one before it without which it would be good. */
	readonly togetherWith?: number;
}

export interface Trial {
	/** The base with the first `count` of the batch. */
	prefix(count: number): Promise<Judgement>;
	/** The base with these of the batch; undefined where they cannot be combined without the others. */
	some(indexes: readonly number[]): Promise<Judgement | undefined>;
}

export async function settle(size: number, trial: Trial): Promise<Settled> {
	const whole = await trial.prefix(size);
	if (whole.kind === "good") return { good: size, receipt: whole.receipt };
	if (whole.kind === "unknown") return { good: 0, receipt: undefined, unknown: whole.why };
	let good = 0;
	let receipt: string | undefined;
	let bad = size;
	let reasons = whole.reasons;
	while (bad - good > 1) {
		const middle = Math.floor((good + bad) / 2);
		const judged = await trial.prefix(middle);
		if (judged.kind === "unknown") return { good, receipt, unknown: judged.why };
		if (judged.kind === "good") {
			good = middle;
			receipt = judged.receipt;
		} else {
			bad = middle;
			reasons = judged.reasons;
		}
	}
	const at = bad - 1;
	const partner = await partnerOf(at, trial);
	return { good, receipt, culprit: { at, reasons, ...(partner === undefined ? {} : { togetherWith: partner }) } };
}

/** Undefined for one that is bad by itself, and where it cannot be told. */
async function partnerOf(at: number, trial: Trial): Promise<number | undefined> {
	if (at === 0) return undefined;
	const alone = await trial.some([at]);
	if (alone?.kind !== "good") return undefined;
	// Good with none of those before it and bad with all of them: searched by halves again.
	let good = 0;
	let bad = at;
	while (bad - good > 1) {
		const middle = Math.floor((good + bad) / 2);
		const judged = await trial.some([...range(middle), at]);
		if (judged === undefined || judged.kind === "unknown") return undefined;
		if (judged.kind === "good") good = middle;
		else bad = middle;
	}
	return bad - 1;
}

function range(end: number): number[] {
	return Array.from({ length: end }, (_, index) => index);
}

export function changesAt(changes: readonly LandingChange[], indexes: readonly number[]): LandingChange[] {
	return indexes.map((index) => changes[index]).filter((change) => change !== undefined);
}
