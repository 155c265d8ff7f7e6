/** What came of a turn that a person had taken. */
import { oneLine } from "@shopfloor/core";
import type { Answerer } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { exitCodes } from "../failure.ts";
import { jsonText } from "../json.ts";
import { storyLines } from "../story-lines.ts";
import { timesFor } from "../times.ts";
import { widthOf } from "../width.ts";
import type { Taken } from "./take-turn.ts";
import { whyNoAnswer } from "./why-no-answer.ts";

export interface Telling {
	/** `The review` */
	readonly what: string;
	readonly answerer: Answerer;
	readonly wait: boolean;
	readonly json: boolean;
}

/** Ends with 1 when it did not end well, and with 3 when it is waited for and nobody is there to do it. */
export function tellTurn(context: Context, result: Taken, telling: Telling): void {
	const code = codeOf(result, telling);
	// Who broke the waiting off has been given a code already.
	if (code !== exitCodes.ok && !context.interruption().aborted) context.endWith(code);
	const lines = telling.json ? [jsonText(result)] : linesOf(context, result, telling);
	for (const line of lines) context.say(line);
}

function codeOf({ done, presence }: Taken, { wait }: Telling): number {
	if (done !== undefined) return done.outcome === "done" ? exitCodes.ok : exitCodes.failed;
	if (!wait) return exitCodes.ok;
	return presence.kind === "there" ? exitCodes.failed : exitCodes.notReady;
}

function linesOf(context: Context, result: Taken, { what, answerer, wait }: Telling): string[] {
	const { trigger, presence, done, happened } = result;
	if (done === undefined) {
		const isUnderWay = presence.kind === "there" && !wait;
		if (!isUnderWay) return whyNoAnswer(presence, answerer);
		return [
			`${what} is asked for (entry ${trigger}); ${answerer.name} begins as soon as it is free.`,
			`To watch: ${invocation} log --follow --by ${answerer.name}`,
		];
	}
	const { paint, timeZone, out, clock } = context;
	const story = storyLines(happened, timesFor(clock.now(), timeZone), paint, widthOf(out));
	const detail = done.detail === undefined ? "" : `: ${oneLine(done.detail)}`;
	const nothing = story.length === 0 && detail === "" ? ", and there was nothing to tell" : "";
	return [...story, `${what} is ${done.outcome}${detail}${nothing}.`.replace(/\.\.$/, ".")];
}
