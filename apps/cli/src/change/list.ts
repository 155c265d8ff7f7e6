import { changeRecords, isUndecided, knownChanges } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import { listLines, nothingListed } from "./list-view.ts";
import type { ListOptions } from "./options.ts";

export async function listChanges(context: Context, options: ListOptions): Promise<void> {
	await withFloor(context, async (floor) => {
		const records = await changeRecords(floor);
		const known = knownChanges(records);
		const open = new Set(records.queue.filter(isUndecided).map(({ id }) => id));
		const shown = options.all ? known.toReversed() : known.filter(({ id }) => open.has(id));
		if (options.json) return context.say(jsonText(shown));
		if (shown.length === 0) return context.say(nothingListed(known.length));
		const { paint, timeZone, out, clock } = context;
		for (const line of listLines(shown, { paint, timeZone, width: widthOf(out), nowMs: clock.now() }))
			context.say(line);
	});
}
