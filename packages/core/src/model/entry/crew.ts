import { z } from "zod";
import { Count, Id, Name, Sentence, Seq, Usd } from "./fields.ts";

/** What the crew learns and says: meetings, diagnoses, skills, messages. */
export const crewEntries = {
	team_standup: {
		transcript: z.string().max(300),
		summary: Sentence,
		present: z.array(Name).max(64),
		absent: z.array(Name).max(64),
		struckClaims: Count,
		usd: Usd,
	},
	doctor_analysis: {
		session: Name,
		class: z.enum(["productive", "stuck", "idle", "error-looping", "unsure"]),
		/** The measured features that decided the class. */
		features: z.record(z.string().max(60), z.number()),
		issues: z.array(Sentence).max(20),
	},
	skill_proposed: { skill: Name, hash: Id, reason: Sentence, from: z.array(Seq).max(50) },
	skill_adopted: { skill: Name, hash: Id, reason: Sentence },
	skill_retired: { skill: Name, hash: Id, reason: Sentence },
	bot_message: {
		direction: z.enum(["in", "out"]),
		chat: Id,
		text: Sentence,
		handled: z.boolean(),
		/** Of one that came in. */
		form: z.enum(["free", "command", "press"]).optional(),
		/** The bot skill that understood it; a command needs none. */
		skill: Name.optional(),
		/** What was done about it, by the name of the command that does the same. */
		action: Name.optional(),
		/** Telegram's number of it. */
		update: Count.optional(),
		/** Seq of an earlier message that was understood wrongly or not at all, and that this one puts right. */
		corrects: Seq.optional(),
	},
	self_improved: { what: Name, summary: Sentence, handledBefore: z.number(), handledAfter: z.number() },
};
