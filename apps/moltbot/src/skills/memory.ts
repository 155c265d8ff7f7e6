/** What self-improvement remembers from pass to pass: how far it read, what is on trial, and what it is about to do. */
import type { RecordKind } from "@shopfloor/core";
import { z } from "zod";

const Hash = z.string().regex(/^[0-9a-f]{12}$/);
const SkillName = z.string().min(1).max(64);
const Share = z.number().min(0).max(1);

const common = { skill: SkillName, hash: Hash, summary: z.string().max(2_000), before: Share, after: Share };

/** Written down before its first step and struck out after its last: whoever finds it does it again, whole. */
const Step = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("adopt"), ...common, text: z.string().max(40_000) }),
	z.strictObject({ kind: z.literal("retire"), ...common }),
]);
export type Step = z.infer<typeof Step>;

/** A learned skill that has not yet shown what it is worth; from the entry on that adopted it. */
const Trial = z.strictObject({ skill: SkillName, hash: Hash, since: z.int().min(0) });
export type Trial = z.infer<typeof Trial>;

const trialsMax = 100;
/** What was refused or taken back is not learned again from the same words. */
export const refusedMax = 300;

const Memory = z.strictObject({
	through: z.int().min(0),
	trials: z.array(Trial).max(trialsMax),
	refused: z.array(Hash).max(refusedMax),
	step: Step.nullable(),
});
export type Memory = z.infer<typeof Memory>;

export const memory: RecordKind<Memory> = {
	key: "notes/moltbot-skills",
	schema: Memory,
	empty: { through: 0, trials: [], refused: [], step: null },
	faults: () => [],
};
