/** The shape of a request, as strict as the API: what it does not know, it refuses. */
import { z } from "zod";
import { isMissing } from "../serve/is-missing.ts";

const TextBlock = z.looseObject({ type: z.literal("text"), text: z.string() });
const Block = z.looseObject({
	type: z.string(),
	text: z.string().optional(),
	id: z.string().optional(),
	name: z.string().optional(),
	input: z.unknown().optional(),
	tool_use_id: z.string().optional(),
	content: z.unknown().optional(),
	is_error: z.boolean().nullish(),
	thinking: z.string().optional(),
	signature: z.string().optional(),
	cache_control: z.unknown().optional(),
});
export type Block = z.infer<typeof Block>;

const Message = z.strictObject({
	/** `system` and an output of its own are for those who ask for the feature; see the rules. */
	role: z.enum(["user", "assistant", "system"]),
	content: z.union([z.string(), z.array(Block)]),
	output_config: z.looseObject({}).optional(),
});
export type Message = z.infer<typeof Message>;

const Tool = z.looseObject({
	name: z.string(),
	type: z.string().nullish(),
	description: z.string().optional(),
	input_schema: z.looseObject({ type: z.literal("object") }).optional(),
	cache_control: z.unknown().optional(),
});

const Thinking = z.discriminatedUnion("type", [
	z.looseObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1024) }),
	z.looseObject({ type: z.literal("adaptive") }),
	z.looseObject({ type: z.literal("disabled") }),
]);

const common = {
	model: z.string().min(1),
	messages: z.array(Message).min(1, "at least one message is required"),
	system: z.union([z.string(), z.array(TextBlock)]).optional(),
	tools: z.array(Tool).optional(),
	tool_choice: z.looseObject({ type: z.enum(["auto", "any", "tool", "none"]), name: z.string().optional() }).optional(),
	thinking: Thinking.optional(),
	cache_control: z.unknown().optional(),
	context_management: z.unknown().optional(),
	mcp_servers: z.array(z.unknown()).optional(),
	output_config: z.looseObject({ format: z.unknown().optional() }).optional(),
	output_format: z.unknown().optional(),
	speed: z.string().nullish(),
};

export const Messages = z.strictObject({
	...common,
	max_tokens: z.int().min(1),
	stream: z.boolean().optional(),
	temperature: z.number().min(0).max(1).optional(),
	top_p: z.number().min(0).max(1).optional(),
	top_k: z.int().min(0).optional(),
	stop_sequences: z.array(z.string()).optional(),
	metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
	service_tier: z.enum(["auto", "standard_only"]).optional(),
	container: z.unknown().optional(),
	inference_geo: z.string().nullish(),
});
export type Messages = z.infer<typeof Messages>;

/** The tool by which Claude Code has a structured answer given. */
export const answerTool = "StructuredOutput";

export const Counted = z.strictObject(common);

/** In the API's words: `messages.0.role: …`. */
export function shapeFaults(error: z.ZodError, body: unknown): string[] {
	return error.issues.flatMap((issue) => {
		if (issue.code === "unrecognized_keys") {
			return issue.keys.map((key) => `${[...issue.path, key].join(".")}: Extra inputs are not permitted`);
		}
		const where = issue.path.map(String).join(".") || "body";
		return [`${where}: ${isMissing(body, issue.path) ? "Field required" : issue.message}`];
	});
}
