/** What a request to the Anthropic API is about, and whether the API would take it. */
import type { Asked } from "../serve/asked.ts";
import type { ApiError, Understood, WantsTurn } from "../serve/dialect.ts";
import { tokensIn } from "../serve/sizes.ts";
import { refusal } from "./errors.ts";
import { modelPage } from "./models.ts";
import { answerTool, Counted, Messages, shapeFaults } from "./request.ts";
import { betaFaults } from "./rules/betas.ts";
import { conversationFaults } from "./rules/conversation.ts";
import { headerFaults } from "./rules/headers.ts";
import { toolFaults } from "./rules/tools.ts";
import { write } from "./write.ts";

export function understand(asked: Asked): Understood {
	// A look whether the server is there, such as a HEAD of "/", is nobody's fault.
	if (!asked.path.startsWith("/v1/")) return notFound;
	const [first, ...rest] = headerFaults(asked);
	if (first !== undefined) return { kind: "faulty", faults: [first, ...rest] };
	if (asked.method === "POST" && asked.path === "/v1/messages") return understandMessages(asked);
	if (asked.method === "POST" && asked.path === "/v1/messages/count_tokens") return countTokens(asked);
	if (asked.method === "GET" && asked.path.startsWith("/v1/models")) return { kind: "reply", reply: modelPage(asked) };
	return notFound;
}

const notFound: Understood = { kind: "reply", reply: refusal({ status: 404, message: "Not found" }) };

function understandMessages(asked: Asked): Understood {
	const parsed = Messages.safeParse(asked.body);
	if (!parsed.success) return faulty(shapeFaults(parsed.error, asked.body));
	const request = parsed.data;
	const betas = asked.headers["anthropic-beta"] ?? "";
	const faults = [...betaFaults(request, betas), ...conversationFaults(request.messages), ...toolFaults(request)];
	if (faults.length > 0) return faulty(faults);
	return {
		kind: "wants-turn",
		wanted: wantedBy(request),
		streamed: request.stream === true,
		write: (turn) => write(turn, request),
	};
}

function countTokens(asked: Asked): Understood {
	const parsed = Counted.safeParse(asked.body);
	if (!parsed.success) return faulty(shapeFaults(parsed.error, asked.body));
	const { system = "", messages, tools = [] } = parsed.data;
	const input_tokens = tokensIn(system) + tokensIn(messages) + tokensIn(tools);
	return { kind: "reply", reply: { status: 200, headers: {}, body: { input_tokens } } };
}

function faulty(messages: readonly string[]): Understood {
	const [first = "The request is invalid.", ...rest] = messages;
	const toError = (message: string): ApiError => ({ status: 400, message });
	return { kind: "faulty", faults: [toError(first), ...rest.map(toError)] };
}

function wantedBy({ model, system = "", messages, tools = [], max_tokens, ...rest }: Messages): WantsTurn["wanted"] {
	const last = messages.findLast(({ role }) => role !== "system");
	const results = blocksOf(last).filter((block) => block.type === "tool_result");
	const words = messages.filter(({ role }) => role === "user").map(wordsOf);
	const toolNames = tools.map(({ name }) => name);
	return {
		model,
		system: wordsIn(system),
		user: words.findLast((said) => said !== "") ?? "",
		toolResult: results.length === 0 ? undefined : results.map(({ content }) => wordsIn(content)).join("\n"),
		tools: toolNames,
		maxTokens: max_tokens,
		form: rest.output_config?.format != null || rest.output_format != null || toolNames.includes(answerTool),
	};
}

function blocksOf(message: Messages["messages"][number] | undefined) {
	return typeof message?.content === "object" ? message.content : [];
}

function wordsOf({ content }: Messages["messages"][number]): string {
	return wordsIn(content);
}

/** The text of text blocks; blocks of other kinds say nothing. */
function wordsIn(content: unknown): string {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return "";
	const texts = content.map((block: { type?: unknown; text?: unknown }) => (block.type === "text" ? block.text : ""));
	return texts.filter((text) => typeof text === "string" && text !== "").join("\n");
}
