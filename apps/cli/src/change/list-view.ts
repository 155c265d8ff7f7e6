/** Changes as rows. Pure. */
import { oneLine } from "@shopfloor/core";
import type { KnownChange } from "@shopfloor/core/person";
import { counted } from "../counted.ts";
import { invocation } from "../examples.ts";
import { type Cell, table } from "../table.ts";
import { timesFor } from "../times.ts";
import { paintOfChange } from "./paint-of-change.ts";
import type { Look } from "./view.ts";

export function listLines(changes: readonly KnownChange[], { paint, timeZone, width, nowMs }: Look): string[] {
	const times = timesFor(nowMs, timeZone);
	const head = ["change", "status", "for", "session", "task", ""].map((text): Cell => ({ text, paint: paint.dim }));
	const rows = changes
		.slice(0, shownMax)
		.map(({ id, status, changed, session, task, title, branch }): Cell[] => [
			{ text: oneLine(id) },
			{ text: status, paint: paintOfChange(status, paint) },
			{ text: times.age(changed) },
			{ text: oneLine(session ?? "-") },
			{ text: oneLine(task ?? "-") },
			{ text: oneLine(title ?? branch) },
		]);
	const left = changes.length - rows.length;
	return [...table([head, ...rows], width), ...(left > 0 ? [`and ${left} more; --json has all of them`] : [])];
}

/** `known`: how many there are all the same. */
export function nothingListed(known: number): string {
	if (known === 0) return "No change yet: none was pushed by a session, and none landed.";
	return `No change is in review; ${counted(known, "has", "have")} been decided: ${invocation} change ls --all`;
}

const shownMax = 100;
