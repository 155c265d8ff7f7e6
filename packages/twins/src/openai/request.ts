/** The shape of a request to the Responses API, as strict as it: what it does not know, it refuses. */
import { z } from "zod";
import { isMissing } from "../serve/is-missing.ts";

const Item = z.looseObject({
	type: z.string().optional(),
	id: z.string().nullish(),
	role: z.enum(["user", "assistant", "system", "developer"]).optional(),
	content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish(),
	call_id: z.string().nullish(),
	output: z.unknown().optional(),
});
export type Item = z.infer<typeof Item>;

const LeafTool = z.looseObject({
	type: z.string(),
	name: z.string().optional(),
	strict: z.boolean().nullish(),
	parameters: z.record(z.string(), z.unknown()).nullish(),
});
const Tool = LeafTool.extend({ tools: z.array(LeafTool).optional() });

const Format = z.looseObject({
	type: z.enum(["text", "json_object", "json_schema"]),
	name: z.string().optional(),
	strict: z.boolean().nullish(),
	schema: z.record(z.string(), z.unknown()).optional(),
});

export const Responses = z.strictObject({
	model: z.string().min(1),
	input: z.union([z.string().min(1), z.array(Item).min(1)]),
	instructions: z.string().nullish(),
	tools: z.array(Tool).optional(),
	tool_choice: z.unknown().optional(),
	parallel_tool_calls: z.boolean().nullish(),
	max_tool_calls: z.int().nullish(),
	max_output_tokens: z.int().min(16).nullish(),
	stream: z.boolean().nullish(),
	stream_options: z.unknown().optional(),
	store: z.boolean().nullish(),
	background: z.boolean().nullish(),
	include: z.array(z.string()).nullish(),
	reasoning: z.looseObject({}).nullish(),
	text: z.looseObject({ format: Format.nullish() }).nullish(),
	temperature: z.number().min(0).max(2).nullish(),
	top_p: z.number().min(0).max(1).nullish(),
	top_logprobs: z.int().nullish(),
	truncation: z.enum(["auto", "disabled"]).nullish(),
	metadata: z.record(z.string(), z.string()).nullish(),
	client_metadata: z.record(z.string(), z.string()).nullish(),
	previous_response_id: z.string().nullish(),
	conversation: z.unknown().optional(),
	context_management: z.unknown().optional(),
	prompt: z.unknown().optional(),
	prompt_cache_key: z.string().nullish(),
	prompt_cache_retention: z.string().nullish(),
	safety_identifier: z.string().nullish(),
	service_tier: z.string().nullish(),
	user: z.string().nullish(),
});
export type Responses = z.infer<typeof Responses>;

/** In the API's words: `Missing required parameter: 'input[0].role'.` */
export function shapeFaults(error: z.ZodError, body: unknown): string[] {
	return error.issues.flatMap((issue) => {
		if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `Unknown parameter: '${key}'.`);
		const where = issue.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
		const name = where.replace(/^\./, "") || "body";
		return [
			isMissing(body, issue.path)
				? `Missing required parameter: '${name}'.`
				: `Invalid value for '${name}': ${issue.message}.`,
		];
	});
}

/** Where all the tools are: in the list, in a namespace, or in an item of the input. */
export function toolsOf({ tools = [], input }: Responses): OfferedTool[] {
	const items = typeof input === "string" ? [] : input;
	const additional = items.filter(({ type }) => type === "additional_tools").map((item) => item["tools"]);
	const parsed = additional.flatMap((list) => z.array(Tool).catch([]).parse(list));
	return [...tools, ...parsed].flatMap((tool) => {
		if (tool.type !== "namespace") return [{ ...tool, namespace: undefined }];
		return (tool.tools ?? []).map((inner) => ({ ...inner, namespace: tool.name }));
	});
}

export type OfferedTool = z.infer<typeof LeafTool> & { readonly namespace: string | undefined };
