import { type AccessToken, accessTokens, showDuration, toMs } from "@shopfloor/core";
import { ledger } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { jsonText } from "../json.ts";
import { type Cell, table } from "../table.ts";
import { timesFor } from "../times.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";
import type { ListOptions } from "./options.ts";

export async function listTokens(context: Context, { json }: ListOptions): Promise<void> {
	const { tokens } = await withFloor(
		context,
		async ({ records }) => (await ledger(records, accessTokens).read()).value,
	);
	if (json) return context.say(jsonText(tokens.map(({ sha256: _hash, ...token }) => token)));
	if (tokens.length === 0)
		return context.note(`nobody may come in over HTTP; ${invocation} token create <name> lets one in`);
	const { clock, paint, timeZone, out } = context;
	const times = timesFor(clock.now(), timeZone);
	const head = ["token", "may", "made", ""].map((text): Cell => ({ text, paint: paint.dim }));
	const rows = tokens.map((token): Cell[] => [
		{ text: token.name },
		{ text: token.scopes.join(",") },
		{ text: `${times.age(token.created)} ago` },
		{ text: endOf(token, clock.now()) },
	]);
	for (const line of table([head, ...rows], widthOf(out))) context.say(line);
}

function endOf({ revoked, expires }: AccessToken, nowMs: number): string {
	if (revoked !== null) return "revoked";
	if (expires === null) return "never expires";
	const left = toMs(expires) - nowMs;
	return left > 0 ? `expires in ${showDuration(left)}` : "expired";
}
