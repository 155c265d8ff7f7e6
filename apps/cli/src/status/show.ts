/** Which form the status takes: once or live, for a person, a pipe or a program. */
import { currentState } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { jsonLine, jsonText } from "../json.ts";
import { withFloor } from "../with-floor.ts";
import { changesBetween } from "./changes.ts";
import type { StatusOptions } from "./options.ts";
import { openScreen } from "./screen.ts";
import { lookAtStatus, type Status } from "./status.ts";
import { type Look, statusLines } from "./view.ts";
import { watchStatus } from "./watch.ts";

export async function showStatus(context: Context, options: StatusOptions): Promise<void> {
	await withFloor(context, async (floor) => {
		const state = await currentState(floor);
		const watch = (show: (status: Status) => void) => watchStatus(context, floor, state, show);
		if (options.watch && options.json) return await watch(jsonDocuments(context));
		if (options.watch && context.out.isTTY) return await onScreen(context, watch);
		if (options.watch) return await watch(changeLines(context));
		const status = await lookAtStatus(context, floor, state);
		if (options.json) context.say(jsonText(status));
		else for (const line of statusLines(status, lookOf(context))) context.say(line);
	});
}

/** One whenever something other than an age has changed. */
function jsonDocuments(context: Context): (status: Status) => void {
	let before = "";
	return (status) => {
		const now = JSON.stringify({ ...status, at: "" });
		if (now !== before) context.say(jsonLine(status));
		before = now;
	};
}

function changeLines(context: Context): (status: Status) => void {
	let before: Status | undefined;
	return (status) => {
		for (const line of changesBetween(before, status, context.timeZone)) context.say(line);
		before = status;
	};
}

async function onScreen(context: Context, watch: (show: (status: Status) => void) => Promise<void>): Promise<void> {
	const screen = openScreen(context.out);
	const footer = context.paint.dim("live; Ctrl-C ends it");
	try {
		await watch((status) => screen.draw([...statusLines(status, lookOf(context)), "", footer]));
	} finally {
		screen.leave();
	}
}

function lookOf({ paint, timeZone, out, cwd, places }: Context): Look {
	const width = Math.max(widthMin, Math.min(out.columns ?? widthDefault, widthMax));
	return { paint, timeZone, width, ...(cwd !== places.root && { elsewhere: places.root }) };
}

const widthDefault = 80;
/** Below this the columns do not fit anyway. */
const widthMin = 60;
/** The eye does not find its way along longer lines. */
const widthMax = 140;
