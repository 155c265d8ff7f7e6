import { z } from "zod";
import { Count, Id, Instant, Ms, Name, Sentence, Seq, Text, Usd } from "./fields.ts";

const Measure = z.object({ errors: Count, failingTests: Count });
const Files = z.array(z.string().max(500)).max(500);

/** The way of a task: asked for, queued, worked on, pushed, reviewed, landed. */
export const workEntries = {
	task_requested: {
		title: z.string().min(1).max(300),
		detail: Text.optional(),
		files: Files.optional(),
		priority: z.int().min(0).max(9).optional(),
		source: Name,
		/** The same key asks for the same task; the second request changes nothing. */
		key: Id.optional(),
	},
	task_queued: { task: Id, title: z.string().max(300), request: Seq.optional() },
	task_assigned: { task: Id, session: Name },
	task_settled: {
		task: Id,
		session: Name.optional(),
		outcome: z.enum(["done", "returned", "set-aside", "refused", "cancelled"]),
		reason: Sentence,
	},
	ralph_cycle: {
		session: Name,
		cycle: Count,
		task: Id.nullable(),
		outcome: z.enum(["pushed", "discarded", "idle", "limited", "failed"]),
		reason: Sentence,
		before: Measure.optional(),
		after: Measure.optional(),
		files: Files.optional(),
		usd: Usd,
		durationMs: Ms,
	},
	change_pushed: { change: Id, task: Id.nullable(), session: Name, branch: z.string().max(200), commit: Id, base: Id },
	cto_review: {
		change: Id,
		commit: Id,
		decision: z.enum(["approved", "rejected", "asked"]),
		criteria: z.array(z.object({ name: Name, met: z.boolean(), reason: Sentence })).max(20),
		reason: Sentence,
	},
	change_landed: {
		change: Id,
		commit: Id,
		/** Where the base was moved to: the same commit, or the merge of several. */
		landing: Id.optional(),
		tree: Id,
		receipt: Id,
		session: Name.optional(),
		task: Id.nullable(),
	},
	change_rejected: { change: Id, session: Name.optional(), reasons: z.array(Sentence).max(20) },
	change_reverted: { change: Id, commit: Id, reason: Sentence },
	approval_asked: {
		approval: Id,
		change: Id,
		commit: Id,
		receipt: Id.optional(),
		question: Sentence,
		expires: Instant,
	},
	approval_given: { approval: Id, commit: Id, answer: z.enum(["approve", "reject"]), note: Sentence.optional() },
	approval_expired: { approval: Id },
	/** Stands before a paid call, and counts in full against every cap until the call is settled. */
	call_reserved: {
		call: Id,
		role: Name,
		agent: Name,
		/** Whose limits it runs into, where another agent's name stands for them. */
		provider: Name.optional(),
		model: z.string().max(120).optional(),
		session: Name.optional(),
		task: Id.optional(),
		ticket: Id.optional(),
		usd: Usd,
		/** By then the call is over, whatever happened. */
		until: Instant,
		/** Who pays and settles, by the identity that tells whether it still lives. */
		owner: Id,
		/** Seq of the reservation before, as its writer knew it: one that was overtaken on its way is void. */
		after: Seq,
	},
	agent_called: {
		/** The reservation that this settles. A call that is free by nature has none. */
		call: Id.optional(),
		role: Name,
		agent: Name,
		/** Whose limits it runs into, where another agent's name stands for them. */
		provider: Name.optional(),
		model: z.string().max(120).optional(),
		session: Name.optional(),
		task: Id.optional(),
		ticket: Id.optional(),
		usd: Usd,
		/** No program reported the dollars. */
		estimated: z.boolean(),
		inputTokens: Count,
		cachedTokens: Count,
		outputTokens: Count,
		durationMs: Ms,
		/** `lost`: whoever made it died before it told how it ended. */
		outcome: z.enum(["done", "limited", "refused", "failed", "incomplete", "timed-out", "over-budget", "lost"]),
		/** Which refusal or failure it was. */
		code: Name.optional(),
	},
	budget_reached: { scope: Name, subject: Id.optional(), capUsd: Usd, spentUsd: Usd },
	ticket_opened: { ticket: Id, text: Text },
	ticket_progressed: { ticket: Id, step: Name, note: Sentence },
	ticket_settled: { ticket: Id, outcome: z.enum(["done", "cancelled", "failed"]), reason: Sentence },
};
