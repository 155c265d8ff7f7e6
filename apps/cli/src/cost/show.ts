import { currentState, readConfig } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { withFloor } from "../with-floor.ts";
import { costOf } from "./cost.ts";
import type { CostOptions } from "./options.ts";
import { costQueryOf } from "./query.ts";
import { costLines } from "./view.ts";

export async function showCost(context: Context, options: CostOptions): Promise<void> {
	const query = costQueryOf(options);
	if (query.kind === "faults") throw misuse(query.faults.join("\n"));
	const found = readConfig(context.places.config);
	const budget = "config" in found ? found.config.budget : null;
	await withFloor(context, async (floor) => {
		const { days, by } = query;
		const cost = costOf({ state: await currentState(floor), budget, nowMs: context.clock.now(), days, by });
		if (options.json) return context.say(jsonText(cost));
		const { paint, timeZone, out } = context;
		for (const line of costLines(cost, { paint, timeZone, days, width: out.columns ?? widthDefault }))
			context.say(line);
	});
}

const widthDefault = 80;
