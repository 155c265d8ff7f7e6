/** Each call of a tool has its output in the input, and each output its call before it. */
import type { Item } from "../request.ts";

export function callFaults(items: readonly Item[]): string[] {
	return kinds.flatMap(({ call, output, words }) => {
		const calls = items.filter(({ type }) => type === call);
		const outputs = items.filter(({ type }) => type === output);
		const isAnswered = ({ call_id }: Item) => outputs.some((item) => item.call_id === call_id);
		return [
			...[...calls, ...outputs].flatMap(({ call_id, type }) =>
				call_id == null ? [`Missing required parameter: 'call_id' of an item '${type}'.`] : [],
			),
			...outputs.flatMap((item) =>
				isCalledBefore(item, items, call)
					? []
					: [`No tool call found for ${words} output with call_id ${item.call_id}.`],
			),
			...calls.flatMap((item) => (isAnswered(item) ? [] : [`No tool output found for ${words} ${item.call_id}.`])),
		];
	});
}

const kinds = [
	{ call: "function_call", output: "function_call_output", words: "function call" },
	{ call: "custom_tool_call", output: "custom_tool_call_output", words: "custom tool call" },
];

/** Several outputs of one call are allowed: a tool may tell of its progress. */
function isCalledBefore(output: Item, items: readonly Item[], call: string): boolean {
	const before = items.slice(0, items.indexOf(output));
	return before.some(({ type, call_id }) => type === call && call_id === output.call_id);
}
