/**
 * Whether a batch may land, and if not, which of it is to leave. The whole is judged first: mostly that is all. If it is
 * bad, the shortest bad prefix is searched by halves, asking only about what was bad; its last change is the culprit.
 * Without it the batch is another one, and is judged as a whole again, by the caller: what lands was proven on exactly
 * the tree that lands, and one such proof serves all that are left.
 *
 * With no change bad this takes one judgement whatever the size; each culprit costs one more, and log2 of the size of the
 * cheaper questions. Pure but for the answers it asks for.
 */
import type { Judgement, LandingChange, Probed, Suspect } from "./change.ts";

export type Settled =
	| { readonly kind: "good"; readonly receipt: string }
	| ({ readonly kind: "culprit" } & Culprit)
	/** The change at this place keeps the others from being judged: it has to wait. */
	| { readonly kind: "unmeasurable"; readonly at: number; readonly why: string }
	| { readonly kind: "unknown"; readonly why: string };

export interface Culprit {
	/** Its place in the batch. */
	readonly at: number;
	readonly reasons: readonly string[];
	/** The one before it without which it would be good. */
	readonly togetherWith?: number;
}

export interface Trial {
	/** The base with the whole batch. */
	whole(): Promise<Judgement>;
	/** The base with these of the batch, about the suspects alone; undefined where they cannot be combined without others. */
	probe(indexes: readonly number[], suspects: readonly Suspect[] | undefined): Promise<Probed | undefined>;
}

export async function settle(size: number, trial: Trial): Promise<Settled> {
	const judged = await trial.whole();
	if (judged.kind === "good") return judged;
	// Nothing can be compared with a base that cannot be measured, whatever of the batch is left out.
	if (judged.kind === "unknown")
		return judged.side === "base" ? judged : await unmeasurable(size, trial, undefined, judged.why);
	const { suspects } = judged;
	const turns = await turn(size, (count) => trial.probe(range(count), suspects));
	if (turns.kind === "lost") return await unmeasurable(turns.count, trial, suspects, cannotTell);
	const at = turns.count - 1;
	if (at === 0 && turns.reasons !== undefined) return { kind: "culprit", at, reasons: turns.reasons };
	const alone = await trial.probe([at], suspects);
	if (alone?.kind === "bad") return { kind: "culprit", at, reasons: alone.reasons };
	if (at === 0) return { kind: "unmeasurable", at, why: alone?.kind === "good" ? comesAndGoes : cannotTell };
	// Where no smaller prefix was bad, the whole is asked once more: what is bad at one look may not be at the next.
	const reasons = turns.reasons ?? (await reasonsFor(trial, range(size), suspects));
	if (reasons === undefined) return { kind: "unknown", why: comesAndGoes };
	const partner = alone?.kind === "good" ? await partnerOf(at, suspects, trial) : undefined;
	return { kind: "culprit", at, reasons, ...(partner === undefined ? {} : { togetherWith: partner }) };
}

const cannotTell = "what makes it bad could not be found out: a check did not come to its end";
const comesAndGoes = "it was worse than the base at one look and not at the next";

/** The last of the shortest prefix that cannot be measured. Of the first `size` that is so. */
async function unmeasurable(
	size: number,
	trial: Trial,
	suspects: readonly Suspect[] | undefined,
	why: string,
): Promise<Settled> {
	const turns = await turn(size, async (count) => {
		const probed = await trial.probe(range(count), suspects);
		return probed?.kind === "bad" ? { kind: "good" } : probed?.kind === "good" ? probed : { kind: "bad", reasons: [] };
	});
	return { kind: "unmeasurable", at: turns.count - 1, why };
}

async function reasonsFor(
	trial: Trial,
	indexes: readonly number[],
	suspects: readonly Suspect[] | undefined,
): Promise<readonly string[] | undefined> {
	const probed = await trial.probe(indexes, suspects);
	return probed?.kind === "bad" ? probed.reasons : undefined;
}

/** Of one that is good with none of those before it, and bad with all of them. Undefined where it cannot be told. */
async function partnerOf(
	at: number,
	suspects: readonly Suspect[] | undefined,
	trial: Trial,
): Promise<number | undefined> {
	const turns = await turn(at, (count) => trial.probe([...range(count), at], suspects));
	return turns.kind === "lost" ? undefined : turns.count - 1;
}

type Turn =
	| {
			readonly kind: "found";
			/** The smallest that is bad. */
			readonly count: number;
			/** Why, as it was found there; undefined where only all of them are bad, which was not asked again. */
			readonly reasons: readonly string[] | undefined;
	  }
	/** With so many it cannot be told. */
	| { readonly kind: "lost"; readonly count: number };

/** Good with none, bad with all: where it turns. */
async function turn(all: number, ask: (count: number) => Promise<Probed | undefined>): Promise<Turn> {
	let good = 0;
	let bad = all;
	let reasons: readonly string[] | undefined;
	while (bad - good > 1) {
		const middle = Math.floor((good + bad) / 2);
		const probed = await ask(middle);
		if (probed?.kind === "good") good = middle;
		else if (probed?.kind === "bad") {
			bad = middle;
			reasons = probed.reasons;
		} else return { kind: "lost", count: middle };
	}
	return { kind: "found", count: bad, reasons };
}

function range(end: number): number[] {
	return Array.from({ length: end }, (_, index) => index);
}

export function changesAt(changes: readonly LandingChange[], indexes: readonly number[]): LandingChange[] {
	return indexes.map((index) => changes[index]).filter((change) => change !== undefined);
}
