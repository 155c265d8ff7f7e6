import { oneLine } from "@shopfloor/core";
import { currentState } from "@shopfloor/core/io";
import { coderOf, configIn, configuredSessions, turnMs } from "@shopfloor/core/person";
import { takeTurn } from "../asking/take-turn.ts";
import { tellTurn } from "../asking/tell-turn.ts";
import type { Context } from "../context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { misuse } from "../failure.ts";
import { changingFloor } from "../with-floor.ts";
import type { RunOptions } from "./options.ts";

export async function runCycle(context: Context, session: string, options: RunOptions): Promise<void> {
	const { wait = false, json = false } = options;
	const answerer = coderOf(session);
	await changingFloor(context, async (floor) => {
		const configured = configuredSessions(configIn(context.places.config));
		refuseUnknown(session, configured, Object.keys((await currentState(floor)).work.sessions));
		const result = await takeTurn(context, floor, {
			what: "cycle",
			subject: session,
			answerer,
			waitMs: wait ? turnMs : 0,
			tells: ["ralph_cycle", "change_pushed", "alert"],
		});
		tellTurn(context, result, { what: `The cycle of ${session}`, answerer, wait, json });
	});
}

function refuseUnknown(session: string, configured: readonly string[], seen: readonly string[]): void {
	const known = configured.length > 0 ? configured : seen;
	if (known.includes(session)) return;
	if (known.length === 0)
		throw misuse(`"${oneLine(session)}" is no session; none is configured ("sessions" in the configuration).`);
	throw misuse(`"${oneLine(session)}" is no session. ${didYouMean(session, known)}`);
}
