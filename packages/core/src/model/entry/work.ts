import { z } from "zod";
import { Count, CriterionName, Id, Instant, Ms, Name, Sentence, Seq, ServedBy, Text, Usd } from "./fields.ts";

const Measure = z.object({ errors: Count, failingTests: Count });
const Files = z.array(z.string().max(500)).max(500);
/** Of a cycle, in this order. `rest` is not one of them: between two cycles a session does nothing. */
const Step = z.enum(["read", "analyze", "plan", "hack", "commit", "evaluate", "push"]);
const Time = Ms.optional();
/** Of a cycle's calls. `coder@<hash>`: which prompts it was led by. */
const calls = {
	inputTokens: Count.optional(),
	outputTokens: Count.optional(),
	prompts: z.array(z.string().max(120)).max(20).optional(),
	agents: z.array(ServedBy).max(20).optional(),
};
const stepTimes = { read: Time, analyze: Time, plan: Time, hack: Time, commit: Time, evaluate: Time, push: Time };

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
		/** Tasks that must be done before it. */
		after: z.array(Id).max(20).optional(),
	},
	/** A person's word about a task; the scheduler does it. */
	task_order: { task: Id, order: z.enum(["cancel", "retry"]), reason: Sentence.optional() },
	task_queued: { task: Id, title: z.string().max(300), request: Seq.optional() },
	task_assigned: { task: Id, session: Name },
	task_settled: {
		task: Id,
		session: Name.optional(),
		outcome: z.enum(["done", "returned", "set-aside", "refused", "cancelled"]),
		reason: Sentence,
	},
	/**
	 * Written before each step of a cycle: what a session is at, which files it claims meanwhile, and all that whoever goes
	 * on after a death needs besides git.
	 */
	cycle_step: {
		session: Name,
		cycle: Count,
		step: Step,
		/** When the cycle began. */
		began: Instant,
		task: Id.nullable(),
		title: z.string().max(300).optional(),
		/** The commit that it works on. */
		base: Id.optional(),
		branch: z.string().max(200).optional(),
		/** From `evaluate` on. */
		commit: Id.optional(),
		/** Nobody else takes a task on these. */
		files: Files.optional(),
		/** Of the commit that is made: the same words and time make the same commit. */
		message: Text.optional(),
		/** What was found on the base; what comes of the change is counted from there. */
		before: Measure.optional(),
		/** From `push` on. */
		after: Measure.optional(),
		usd: Usd.optional(),
		...calls,
	},
	ralph_cycle: {
		session: Name,
		cycle: Count,
		task: Id.nullable(),
		title: z.string().max(300).optional(),
		outcome: z.enum(["pushed", "discarded", "idle", "limited", "failed"]),
		reason: Sentence,
		before: Measure.optional(),
		after: Measure.optional(),
		files: Files.optional(),
		change: Id.optional(),
		branch: z.string().max(200).optional(),
		usd: Usd,
		...calls,
		durationMs: Ms,
		/** How long each step took. */
		steps: z.object(stepTimes).optional(),
		/** Read before planning. */
		skills: z.array(Name).max(50).optional(),
	},
	change_pushed: { change: Id, task: Id.nullable(), session: Name, branch: z.string().max(200), commit: Id, base: Id },
	cto_review: {
		change: Id,
		commit: Id,
		session: Name.optional(),
		decision: z.enum(["approved", "rejected", "asked"]),
		criteria: z.array(z.object({ name: CriterionName, met: z.boolean(), reason: Sentence })).max(20),
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
		prompt: z.string().max(120).optional(),
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
		/** `<name>@<hash>`: the prompt that it was called with. */
		prompt: z.string().max(120).optional(),
		/** Which refusal or failure it was. */
		code: Name.optional(),
	},
	budget_reached: { scope: Name, subject: Id.optional(), capUsd: Usd, spentUsd: Usd },
	ticket_opened: { ticket: Id, text: Text },
	ticket_progressed: { ticket: Id, step: Name, note: Sentence },
	ticket_settled: { ticket: Id, outcome: z.enum(["done", "cancelled", "failed"]), reason: Sentence },
};
