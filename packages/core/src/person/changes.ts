/** What the queue and the log say of changes. */
import type { Floor } from "../io/index.ts";
import { type ChangeRecords, entriesAbout } from "./change/known-change.ts";

export async function changeRecords({ reviews, log }: Pick<Floor, "reviews" | "log">): Promise<ChangeRecords> {
	const { changes } = (await reviews.read()).value;
	return { queue: changes, entries: await log.last(entriesMax, { type: entriesAbout }) };
}

/** Some thousand changes with all that was said of them: weeks of a busy factory. */
const entriesMax = 10_000;
