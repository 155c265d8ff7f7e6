/** What the API demands of the items of the input, each by itself. */
import type { Item, Responses } from "../request.ts";

export function itemFaults({ previous_response_id: previous, store }: Responses, items: readonly Item[]): string[] {
	return [
		// A twin keeps no responses; nor does the API, for those who ask it not to store.
		...(previous == null
			? []
			: [`Previous response with id '${previous}' not found${store === false ? " (store is false)" : ""}.`]),
		...items.flatMap(contentFaults),
		...repeatedIds(items),
	];
}

const spoken = new Set(["input_text", "input_image", "input_file", "input_audio"]);
const answered = new Set(["output_text", "refusal"]);

function contentFaults(item: Item, at: number): string[] {
	const { type = "message", role, content } = item;
	if (type !== "message") return [];
	if (role === undefined) return [`Missing required parameter: 'input[${at}].role'.`];
	if (content == null) return [`Missing required parameter: 'input[${at}].content'.`];
	if (typeof content === "string") return [];
	const allowed = role === "assistant" ? answered : spoken;
	return content.flatMap((part, index) => {
		const where = `input[${at}].content[${index}]`;
		if (!allowed.has(part.type)) {
			const supported = [...allowed].map((name) => `'${name}'`).join(", ");
			return [`Invalid value: '${part.type}'. Supported values are: ${supported}. (${where})`];
		}
		const needsText = part.type === "input_text" || part.type === "output_text";
		return needsText && typeof part["text"] !== "string" ? [`Missing required parameter: '${where}.text'.`] : [];
	});
}

function repeatedIds(items: readonly Item[]): string[] {
	const ids = items.flatMap(({ id }) => id ?? []);
	const repeated = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
	return [...repeated].map(
		(id) => `Duplicate item found with id ${id}. Remove duplicate items from your input and try again.`,
	);
}
