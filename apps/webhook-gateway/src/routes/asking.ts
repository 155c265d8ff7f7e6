/** What asking for work has in common: it is taken only while there is room, and its end may be waited for. */
import type { Entry } from "@shopfloor/core";
import type { IdTaken } from "@shopfloor/core/person";
import { tooMuchWaits } from "../messages.ts";
import { type Answer, refusal, retryAfter } from "../problem.ts";
import type { Site } from "./route.ts";

export type Taken<T> =
	| { readonly kind: "taken"; readonly result: T }
	| { readonly kind: "refused"; readonly answer: Answer };

export async function admitted<T extends { readonly kind: "asked"; readonly entry: Entry }>(
	{ admission, live }: Site,
	append: () => Promise<T | IdTaken>,
): Promise<Taken<T>> {
	const leave = admission.enter(live);
	if (leave === undefined)
		return { kind: "refused", answer: refusal("backlog", { detail: tooMuchWaits, headers: retryAfter(backlogMs) }) };
	let result: T | IdTaken | undefined;
	try {
		result = await append();
	} finally {
		leave(result?.entry.seq);
	}
	return result.kind === "id-taken" ? { kind: "refused", answer: refusal("key-reused") } : { kind: "taken", result };
}

/** Each who waits follows the log; whoever comes when so many do is told where to look instead. */
export async function waitedFor<T>(wait: () => Promise<T>): Promise<T | undefined> {
	if (waiting >= waitingMost) return undefined;
	waiting++;
	try {
		return await wait();
	} finally {
		waiting--;
	}
}

let waiting = 0;
const waitingMost = 32;
const backlogMs = 30_000;
