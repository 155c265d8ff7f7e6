import { mergeBase, readRange } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { findingLines } from "./check-view.ts";
import { commitNamed, knownSecrets, type Opened, withGate } from "./open.ts";
import type { GateOptions } from "./options.ts";

/** Ends with 1 where something blocks. */
export async function showRatchet(context: Context, range: string, options: GateOptions): Promise<void> {
	await withGate(context, { ...options, runs: false }, async (opened) => {
		const [from, to] = await endsOf(opened, range);
		const { files, findings } = await readRange(opened.gate.store, from, to, knownSecrets(context));
		const count = `${files} ${files === 1 ? "file" : "files"} changed in ${from.slice(0, 12)}..${to.slice(0, 12)}`;
		if (options.json) context.say(jsonText({ from, to, files, findings }));
		else if (findings.length === 0) context.say(`${count}; no rule has anything to say.`);
		else {
			context.say(`${count}:`);
			for (const line of findingLines(findings, { paint: context.paint, width: context.out.columns ?? 120 }))
				context.say(line);
		}
		if (findings.some(({ severity }) => severity === "block")) context.endWith(exitCodes.failed);
	});
}

/**
 * One commit stands for what it adds to its parent; a branch for what it adds to where it left the other. An end that is
 * left out is where one stands.
 */
async function endsOf(opened: Opened, range: string): Promise<[string, string]> {
	const [from, to, more] = range.includes("..") ? range.split(/\.{2,3}/) : [`${range}~1`, range];
	if (from === undefined || to === undefined || more !== undefined)
		throw misuse(`"${range}" is no range: write from..to`);
	const start = await commitNamed(opened, from || "HEAD");
	const end = await commitNamed(opened, to || "HEAD");
	return [(await mergeBase(opened.gate.store.git, start, end)) ?? start, end];
}
