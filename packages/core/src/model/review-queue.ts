/** Changes between pushed and decided. Workers add, the reviewer moves. */
import { z } from "zod";
import { Count, Id, Instant, Name, Sentence } from "./entry/fields.ts";
import type { RecordKind } from "./record-kind.ts";
import { type Transitions, unlawful } from "./transitions.ts";

export const ChangeStatus = z.enum([
	"pending",
	"reviewing",
	"asked",
	"approved",
	"landing",
	"landed",
	"rejected",
	/** Its branch or commit is gone. */
	"missing",
	/** It brought the reviewer down three times. */
	"poisonous",
]);
export type ChangeStatus = z.infer<typeof ChangeStatus>;

export const Change = z.strictObject({
	id: Id,
	status: ChangeStatus,
	session: Name,
	task: Id.nullable(),
	branch: z.string().max(200),
	commit: Id,
	base: Id,
	title: z.string().max(300),
	created: Instant,
	changed: Instant,
	attempts: Count,
	/** Its files, and how many lines it adds and removes. */
	files: z.array(z.string().max(500)).max(500).optional(),
	size: z.strictObject({ added: Count, removed: Count }).optional(),
	usd: z.number().min(0).optional(),
	/** The question that a person is asked about it, while it is open. */
	approval: Id.optional(),
	/** Rules whose findings a person took upon themselves. */
	accepted: z.array(Name).max(50).optional(),
	/** How often it was brought onto a newer base because it only conflicted. */
	rebased: Count.optional(),
	reasons: z.array(Sentence).max(20),
});
export type Change = z.infer<typeof Change>;

export const ReviewQueue = z.strictObject({ changes: z.array(Change).max(10_000) });
export type ReviewQueue = z.infer<typeof ReviewQueue>;

export const changeTransitions: Transitions<ChangeStatus> = {
	pending: ["reviewing", "rejected", "missing", "poisonous"],
	reviewing: ["pending", "approved", "asked", "rejected", "missing", "poisonous"],
	asked: ["approved", "rejected", "pending", "missing"],
	approved: ["landing", "pending", "rejected", "missing"],
	landing: ["landed", "approved", "pending", "rejected", "missing"],
	landed: [],
	rejected: [],
	missing: [],
	poisonous: ["pending", "rejected"],
};

export const reviewQueue: RecordKind<ReviewQueue> = {
	key: "review-queue",
	schema: ReviewQueue,
	empty: { changes: [] },
	faults: (current, next) => unlawful(changeTransitions, "pending", current.changes, next.changes),
};
