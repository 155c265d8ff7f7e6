/** What a scripted agent does, turn by turn: plain data, so that it can lie in a file. */
import { z } from "zod";
import { roles } from "../port/job.ts";
import { failureCodes, incompleteCodes, refusalCodes } from "../port/outcome.ts";

const Ends = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("refused"), code: z.enum(refusalCodes) }),
	z.strictObject({ kind: z.literal("failed"), code: z.enum(failureCodes) }),
	z.strictObject({ kind: z.literal("incomplete"), code: z.enum(incompleteCodes) }),
	z.strictObject({ kind: z.literal("timed-out"), which: z.enum(["start", "idle", "wall"]) }),
	z.strictObject({ kind: z.literal("limited"), until: z.iso.datetime().optional() }),
	z.strictObject({ kind: z.literal("over-budget") }),
]);

const ScriptedTurn = z.strictObject({
	/** Only for such jobs; `prompt` is a regular expression. Without it, for any. */
	when: z.strictObject({ role: z.enum(roles).optional(), prompt: z.string().max(1_000).optional() }).optional(),
	/** How often it may be taken. */
	times: z.int().min(1).default(1),
	show: z.array(z.string()).max(1_000).default([]),
	/** Files of the tree, by their paths; null takes one away. */
	edit: z.record(z.string().min(1), z.string().nullable()).default({}),
	text: z.string().default(""),
	data: z.unknown().optional(),
	usd: z.number().default(0),
	/** Does not end until it is told to. */
	hang: z.boolean().default(false),
	/** Instead of being done; `text` is then the reason. */
	ends: Ends.optional(),
});
export type ScriptedTurn = z.infer<typeof ScriptedTurn>;

export const AgentScript = z.strictObject({ turns: z.array(ScriptedTurn).max(10_000) });
export type AgentScript = z.input<typeof AgentScript>;
