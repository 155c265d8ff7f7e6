import { changeRecords, entriesAbout, reviewer, turnMs } from "@shopfloor/core/person";
import { takeTurn } from "../asking/take-turn.ts";
import { tellTurn } from "../asking/tell-turn.ts";
import type { Context } from "../context.ts";
import { changingFloor } from "../with-floor.ts";
import { changeNamed } from "./change-named.ts";
import type { ReviewOptions } from "./options.ts";

export async function reviewNow(context: Context, word: string | undefined, options: ReviewOptions): Promise<void> {
	const { wait = false, json = false } = options;
	await changingFloor(context, async (floor) => {
		const change = word === undefined ? undefined : changeNamed(word, await changeRecords(floor)).id;
		const result = await takeTurn(context, floor, {
			what: "review",
			...(change !== undefined && { note: change }),
			answerer: reviewer,
			waitMs: wait ? turnMs : 0,
			tells: [...entriesAbout, "alert"],
		});
		const what = change === undefined ? "The review" : `The review of ${change}`;
		tellTurn(context, result, { what, answerer: reviewer, wait, json });
	});
}
