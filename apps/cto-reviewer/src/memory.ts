/**
 * What the reviewer remembers besides the queue, as a record. Above all what a change came to: it is written down here
 * first, in one stroke, and then done: entries, the queue, branches. Each of these may be done twice, so whoever comes
 * after a death does all of it, and nothing is decided a second time.
 */
import type { Change, RecordKind } from "@shopfloor/core";
import { type Ledger, ledger, type World } from "@shopfloor/core/io";
import { z } from "zod";

const Id = z.string().min(1).max(120);
const Count = z.int().min(0);
const Sentence = z.string().max(2_000);
const Names = z.array(z.string().max(80)).max(50);

const Criterion = z.strictObject({ name: z.string().max(80), met: z.boolean(), reason: z.string().max(500) });
export type Criterion = z.infer<typeof Criterion>;

/** One for each commit; a later one has another number. */
const Question = z.strictObject({
	approval: Id,
	text: Sentence,
	expires: z.string().max(40),
	receipt: Id.optional(),
	/** Whoever approves takes the findings of these upon themselves. */
	rules: Names,
});

const Outcome = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("approved"), reason: Sentence, criteria: z.array(Criterion).max(20) }),
	z.strictObject({ kind: z.literal("asked"), reason: Sentence, criteria: z.array(Criterion).max(20) }),
	z.strictObject({
		kind: z.literal("rejected"),
		reasons: z.array(Sentence).max(20),
		/** None where no review came to it: a person said so, or it did not go with others. */
		criteria: z.array(Criterion).max(20).optional(),
	}),
	z.strictObject({ kind: z.literal("missing"), reason: Sentence }),
	z.strictObject({ kind: z.literal("landed") }),
]);
export type Outcome = z.infer<typeof Outcome>;

const Dossier = z.strictObject({
	change: Id,
	commit: Id,
	/** So many questions were asked about the change so far. */
	questions: Count,
	/** The open one. */
	question: Question.optional(),
	outcome: Outcome.optional(),
	/** Who read it, in words for its commit; and what that cost. */
	reviewedBy: z.string().max(200).optional(),
	usd: z.number().min(0).optional(),
	/** The person who approved it, and what they took upon themselves. */
	approvedBy: z.string().max(200).optional(),
	accepted: Names.optional(),
	/** Ids of tests that may be gone with it, as its evaluation found. */
	givenUp: z.array(z.string().max(2_000)).max(2_000).optional(),
});
export type Dossier = z.infer<typeof Dossier>;

const Branch = z.strictObject({ branch: z.string().max(200), commit: Id });

const Memory = z.strictObject({
	dossiers: z.array(Dossier).max(10_000),
	/** Up to here people's answers were heard: one that is handed over again is not news. */
	heard: Count,
	/** Branches that nobody needs any more, once no open change of the queue stands on them. */
	spent: z.array(Branch).max(10_000),
	/** Something may have landed since then, and the base was not looked at yet. */
	watch: z.strictObject({ since: z.string().max(40), tries: Count }).optional(),
});
export type Memory = z.infer<typeof Memory>;

const kind: RecordKind<Memory> = {
	key: "notes/cto-reviewer",
	schema: Memory,
	empty: { dossiers: [], heard: 0, spent: [] },
	faults: () => [],
};

export function memoryOf({ floor }: Pick<World, "floor">): Ledger<Memory> {
	return ledger(floor.records, kind);
}

export function dossierOf({ dossiers }: Pick<Memory, "dossiers">, change: Pick<Change, "id" | "commit">): Dossier {
	const known = dossiers.find((one) => one.change === change.id);
	if (known?.commit === change.commit) return known;
	// Of an older commit only the number of the questions is left: nobody's word about it counts for this one.
	return { change: change.id, commit: change.commit, questions: known?.questions ?? 0 };
}

export function withDossier(memory: Memory, dossier: Dossier): Memory {
	return { ...memory, dossiers: [...memory.dossiers.filter(({ change }) => change !== dossier.change), dossier] };
}

export function withoutDossier(memory: Memory, change: string): Memory {
	return { ...memory, dossiers: memory.dossiers.filter((one) => one.change !== change) };
}
