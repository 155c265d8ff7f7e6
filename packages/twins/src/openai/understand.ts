/** What a request to the OpenAI API is about, and whether the API would take it. */
import type { Asked } from "../serve/asked.ts";
import type { ApiError, Understood, WantsTurn } from "../serve/dialect.ts";
import { refusal } from "./errors.ts";
import { modelPage } from "./models.ts";
import { type Item, Responses, shapeFaults, toolsOf } from "./request.ts";
import { callFaults } from "./rules/calls.ts";
import { itemFaults } from "./rules/items.ts";
import { schemaFaults } from "./rules/schemas.ts";
import { write } from "./write.ts";

export function understand(asked: Asked): Understood {
	// Codex asks for a WebSocket first, and does without when it is told so.
	if (asked.headers["upgrade"]?.toLowerCase() === "websocket") return reply({ status: 426, message: "" });
	if (!asked.path.startsWith("/v1/")) return reply({ status: 404, message: "Not found" });
	if (!asked.headers["authorization"]) {
		const message = "Missing bearer or basic authentication in header";
		return { kind: "faulty", faults: [{ status: 401, message }] };
	}
	if (asked.method === "GET" && asked.path.startsWith("/v1/models")) return { kind: "reply", reply: modelPage(asked) };
	if (asked.method !== "POST" || asked.path !== "/v1/responses") {
		return reply({ status: 404, message: `Invalid URL (${asked.method} ${asked.path})` });
	}
	if (asked.body === undefined) {
		return faulty([`We could not parse the JSON body of your request: ${asked.unreadable ?? "it is empty"}`]);
	}
	return understandResponses(asked.body);
}

function understandResponses(body: unknown): Understood {
	const parsed = Responses.safeParse(body);
	if (!parsed.success) return faulty(shapeFaults(parsed.error, body));
	const request = parsed.data;
	const items = itemsOf(request);
	const faults = [...itemFaults(request, items), ...callFaults(items), ...schemaFaults(request)];
	if (faults.length > 0) return faulty(faults);
	return {
		kind: "wants-turn",
		wanted: wantedBy(request, items),
		streamed: request.stream === true,
		write: (turn) => write(turn, request),
	};
}

function reply(error: ApiError): Understood {
	return { kind: "reply", reply: refusal(error) };
}

function faulty(messages: readonly string[]): Understood {
	const [first = "The request is invalid.", ...rest] = messages;
	const toError = (message: string): ApiError => ({ status: 400, message });
	return { kind: "faulty", faults: [toError(first), ...rest.map(toError)] };
}

function itemsOf({ input }: Responses): readonly Item[] {
	return typeof input === "string" ? [{ type: "message", role: "user", content: input }] : input;
}

function wantedBy(request: Responses, items: readonly Item[]): WantsTurn["wanted"] {
	const said = (...roles: Item["role"][]) => items.filter(({ role }) => roles.includes(role)).map(wordsOf);
	const conversation = items.filter(({ type, role }) => type !== "additional_tools" && role !== "developer");
	const before = conversation.findLastIndex(({ type }) => !type?.endsWith("_output"));
	const results = conversation.slice(before + 1);
	return {
		model: request.model,
		system: [request.instructions ?? "", ...said("system", "developer")].join("\n"),
		user: said("user").findLast((words) => words !== "") ?? "",
		toolResult: results.length === 0 ? undefined : results.map(({ output }) => wordsIn(output)).join("\n"),
		tools: toolsOf(request).flatMap(({ name }) => name ?? []),
		maxTokens: request.max_output_tokens ?? undefined,
		form: (request.text?.format?.type ?? "text") !== "text",
	};
}

function wordsOf({ content }: Item): string {
	return wordsIn(content);
}

/** The text of the parts; what is in no part that is known is taken as it is written. */
function wordsIn(content: unknown): string {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return content == null ? "" : JSON.stringify(content);
	const texts = content.map((part: { text?: unknown }) => part.text);
	return texts.filter((text) => typeof text === "string").join("\n");
}
