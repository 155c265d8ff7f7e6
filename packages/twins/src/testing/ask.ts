/** Asks a twin as a program would, without any program. */

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
	/** Of a stream. */
	readonly events: readonly Record<string, unknown>[];
}

export const anthropicHeaders = { "x-api-key": "sk-twin", "anthropic-version": "2023-06-01" };
export const openaiHeaders = { authorization: "Bearer sk-twin" };

/** Longer than any answer takes; what hangs on purpose is given up sooner by its test. */
const answerMs = 20_000;

export async function ask(
	url: string,
	path: string,
	body: unknown,
	headers: Record<string, string>,
	{ method = "POST", signal = AbortSignal.timeout(answerMs) }: { method?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	const init = { method, headers: { "content-type": "application/json", ...headers }, signal };
	const response = await fetch(url + path, body === undefined ? init : { ...init, body: text });
	const said = await response.text();
	const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
	return {
		status: response.status,
		headers: response.headers,
		body: isStream || said === "" ? undefined : (JSON.parse(said) as unknown),
		events: isStream ? eventsIn(said) : [],
	};
}

/** An event's name and its data's `type` must agree, as the programs read one or the other. */
export function eventsIn(text: string): Record<string, unknown>[] {
	return text
		.split("\n\n")
		.filter((block) => block.startsWith("event: "))
		.map((block) => {
			const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
			const event = JSON.parse(data ?? "null") as Record<string, unknown>;
			if (event["type"] !== name) throw new Error(`an event ${name} says that it is ${String(event["type"])}`);
			return event;
		});
}

export function typesOf(events: readonly Record<string, unknown>[]): unknown[] {
	const types = events.map(({ type }) => type);
	// Runs of one type, such as deltas, count once.
	return types.filter((type, at) => type !== types[at - 1]);
}
