/** A turn as a response of the OpenAI API, whole and as the events of a stream. */
import type { Turn } from "../script/turn.ts";
import type { StreamEvent, Written } from "../serve/dialect.ts";
import { newId } from "../serve/new-id.ts";
import { tokensIn } from "../serve/sizes.ts";
import { eventsOf } from "./events.ts";
import { itemsFor, type OutItem } from "./items.ts";
import type { Responses } from "./request.ts";

export function write(turn: Turn, request: Responses): Written {
	const output = itemsFor(turn, request);
	const begun = { ...responseTo(request), status: "in_progress" };
	const ended = { ...begun, ...endOf(turn), output, usage: usageOf(turn, request, output) };
	const events: StreamEvent[] = [
		{ type: "response.created", response: begun },
		{ type: "response.in_progress", response: begun },
		...output.flatMap(eventsOf),
		{ type: `response.${ended.status}`, response: ended },
	];
	return {
		whole: ended,
		events: events.map((event, sequence_number) => ({ ...event, sequence_number })),
		headers: { "x-request-id": newId("req_"), ...turn.headers },
	};
}

function responseTo({ model, instructions = null, reasoning, text, tool_choice = "auto", ...request }: Responses) {
	return {
		id: newId("resp_"),
		object: "response",
		created_at: Math.floor(Date.now() / 1_000),
		background: false,
		error: null,
		incomplete_details: null as null | { reason: string },
		instructions,
		max_output_tokens: request.max_output_tokens ?? null,
		metadata: request.metadata ?? {},
		model,
		output: [] as readonly OutItem[],
		parallel_tool_calls: request.parallel_tool_calls ?? true,
		previous_response_id: null,
		reasoning: reasoning ?? { effort: null, summary: null },
		service_tier: "default",
		store: request.store ?? true,
		temperature: request.temperature ?? 1,
		text: text ?? { format: { type: "text" } },
		tool_choice,
		tools: request.tools ?? [],
		top_p: request.top_p ?? 1,
		truncation: request.truncation ?? "disabled",
		usage: null as unknown,
		user: null,
	};
}

function endOf({ stop }: Turn) {
	if (stop !== "max_tokens") return { status: "completed" };
	return { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
}

/** Here the input counts all of it, from the cache or not. */
function usageOf({ usage = {} }: Turn, request: Responses, output: readonly OutItem[]) {
	const { cached = 0, cacheWrite = 0, reasoning = 0 } = usage;
	const asked = tokensIn(request.instructions ?? "") + tokensIn(request.input) + tokensIn(request.tools ?? []);
	const input_tokens = (usage.input ?? asked) + cached + cacheWrite;
	const output_tokens = usage.output ?? tokensIn(output);
	return {
		input_tokens,
		input_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
		output_tokens,
		output_tokens_details: { reasoning_tokens: reasoning },
		total_tokens: input_tokens + output_tokens,
	};
}
