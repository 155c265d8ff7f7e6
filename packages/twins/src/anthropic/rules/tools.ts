/** What the API demands of the tools, of thinking, and of what is marked for the cache. */
import type { Messages } from "../request.ts";

export function toolFaults(request: Messages): string[] {
	return [...nameFaults(request), ...choiceFaults(request), ...thinkingFaults(request), ...cacheFaults(request)];
}

const toolName = /^[a-zA-Z0-9_-]{1,128}$/;
const toolId = /^[a-zA-Z0-9_-]+$/;

function nameFaults({ tools = [], messages }: Messages): string[] {
	const names = tools.map(({ name }) => name);
	const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
	const ids = blocks.filter(({ type }) => type === "tool_use").map(({ id }) => id ?? "");
	return [
		...names.flatMap((name, at) =>
			toolName.test(name) ? [] : [`tools.${at}.custom.name: String should match pattern '${toolName.source}'`],
		),
		...(new Set(names).size < names.length ? ["tools: Tool names must be unique."] : []),
		...tools.flatMap(({ type, input_schema }, at) =>
			(type == null || type === "custom") && input_schema === undefined
				? [`tools.${at}.custom.input_schema: Field required`]
				: [],
		),
		...ids.flatMap((id) =>
			toolId.test(id) ? [] : [`messages: tool_use.id: String should match pattern '${toolId.source}'`],
		),
	];
}

function choiceFaults({ tools = [], tool_choice: choice }: Messages): string[] {
	if (choice === undefined || choice.type === "none") return [];
	if (tools.length === 0) return ["tool_choice: may only be specified while providing `tools`"];
	if (choice.type !== "tool" || tools.some(({ name }) => name === choice.name)) return [];
	return [`tool_choice: Tool '${choice.name ?? ""}' not found in provided tools`];
}

function thinkingFaults({ thinking, max_tokens, temperature, tool_choice: choice }: Messages): string[] {
	if (thinking === undefined || thinking.type === "disabled") return [];
	const faults: string[] = [];
	if (thinking.type === "enabled" && thinking.budget_tokens >= max_tokens) {
		faults.push("`max_tokens` must be greater than `thinking.budget_tokens`");
	}
	if (temperature !== undefined && temperature !== 1) {
		faults.push("`temperature` may only be set to 1 when thinking is enabled");
	}
	if (choice?.type === "any" || choice?.type === "tool") {
		faults.push("Thinking may not be enabled when tool_choice forces tool use");
	}
	return faults;
}

/** The API's own bound. */
const cacheMarksMax = 4;

function cacheFaults({ system, tools = [], messages }: Messages): string[] {
	const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
	const systems = typeof system === "string" ? [] : (system ?? []);
	const marked = [...tools, ...systems, ...blocks].filter((item) => item["cache_control"] != null).length;
	if (marked <= cacheMarksMax) return [];
	return [`A maximum of ${cacheMarksMax} blocks with cache_control may be provided. Found ${marked}.`];
}
