/** The last answers of a role, as a record: the newest for each key, bounded in number and in size. */
import type { RecordKind } from "@shopfloor/core";
import { z } from "zod";
import type { Role } from "../port/job.ts";

const Text = z.string();

const Answer = z.object({
	key: Text,
	hash: z.string().length(64),
	at: Text,
	outcome: z.discriminatedUnion("kind", [
		z.object({
			kind: z.literal("done"),
			text: Text,
			data: z.unknown().optional(),
			denied: z.array(Text).optional(),
			version: Text.optional(),
		}),
		z.object({
			kind: z.literal("refused"),
			code: z.enum(["model", "cannot", "prompt"]),
			detail: Text,
			version: Text.optional(),
		}),
	]),
});

const RoleAnswers = z.object({ answers: z.array(Answer) });
export type Answer = z.infer<typeof Answer>;
export type RoleAnswers = z.infer<typeof RoleAnswers>;

export function roleAnswers(role: Role): RecordKind<RoleAnswers> {
	return { key: `inputs/${role}`, schema: RoleAnswers, empty: { answers: [] }, faults: () => [] };
}

export function answerIn({ answers }: RoleAnswers, key: string, hash: string): Answer | undefined {
	return answers.find((answer) => answer.key === key && answer.hash === hash);
}

/** One for each session and change that is under way; who comes back after more than these is asked again. */
const answersMax = 64;
/** The whole record is written with each answer. */
const bytesMax = 512 * 1_024;

/** Newest last. An outcome that is no answer, or is too large, only takes the place of the one before. */
export function withAnswer({ answers }: RoleAnswers, answer: Answer): RoleAnswers {
	const others = answers.filter(({ key }) => key !== answer.key);
	const fits = Answer.safeParse(answer).success && bytesOf(answer) <= bytesMax / 4;
	let kept = fits ? [...others, answer].slice(-answersMax) : others;
	while (bytesOf(kept) > bytesMax) kept = kept.slice(1);
	return { answers: kept };
}

function bytesOf(value: unknown): number {
	return Buffer.byteLength(JSON.stringify(value));
}
