import { changeRecords, changeStory } from "@shopfloor/core/person";
import { receiptStore } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { changeNamed } from "./change-named.ts";
import { seeChange } from "./git.ts";
import type { ShowOptions } from "./options.ts";
import { type ChangeSight, changeLines } from "./view.ts";

export async function showChange(context: Context, word: string, options: ShowOptions): Promise<void> {
	await withFloor(context, async (floor) => {
		const { clock } = context;
		const records = await changeRecords(floor);
		const change = changeNamed(word, records);
		const { entries, ...story } = changeStory(change.id, records.entries, clock.now());
		const read = story.receipt === null ? undefined : receiptStore(floor.stateDir).read(story.receipt);
		const sight: ChangeSight = {
			change,
			...story,
			checks: read?.kind === "receipt" ? read.receipt.checks : null,
			git: await seeChange(context, floor, change),
			story: entries,
		};
		if (options.json) return context.say(jsonText(sight));
		const { paint, timeZone, out } = context;
		for (const line of changeLines(sight, { paint, timeZone, width: widthOf(out), nowMs: clock.now() }))
			context.say(line);
	});
}
