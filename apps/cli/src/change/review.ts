import { reviewer } from "../asking/answerer.ts";
import { tellTriggered } from "../asking/tell-triggered.ts";
import { trigger, turnMs } from "../asking/trigger.ts";
import type { Context } from "../context.ts";
import { changingFloor } from "../with-floor.ts";
import { entriesAbout } from "./known-change.ts";
import type { ReviewOptions } from "./options.ts";
import { changeNamed, changeRecords } from "./records.ts";

export async function reviewNow(context: Context, word: string | undefined, options: ReviewOptions): Promise<void> {
	const { wait = false, json = false } = options;
	await changingFloor(context, async (floor) => {
		const change = word === undefined ? undefined : changeNamed(word, await changeRecords(floor)).id;
		const result = await trigger(context, floor, {
			what: "review",
			...(change !== undefined && { note: change }),
			answerer: reviewer,
			waitMs: wait ? turnMs : 0,
			tells: [...entriesAbout, "alert"],
		});
		const what = change === undefined ? "The review" : `The review of ${change}`;
		tellTriggered(context, result, { what, answerer: reviewer, wait, json });
	});
}
