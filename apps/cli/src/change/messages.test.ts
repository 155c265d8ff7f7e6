import type { Change } from "@shopfloor/core";
import { expect, test } from "vitest";
import { aChange } from "../testing/a-change.ts";
import { severalChanges, unknownChange } from "./messages.ts";

const one = aChange({ id: "c-9c1d0a2b3c4d", commit: "9c1d0a2b3c4d5e6f", branch: "brl/ralph-1/1", title: "one" });
const other = aChange({
	id: "c-9c1d0a2bffff",
	commit: "9c1d0a2bffff0000",
	branch: "brl/ralph-2/1",
	title: "other",
	created: "2026-01-31T08:01:00.000Z",
});

test("a word that names none is answered with what there is", () => {
	const empty = recordsOf([]);
	expect(unknownChange("x", empty)).toMatch(/there is no change "x"\. None is in review/);
	const records = recordsOf([one, other]);
	expect(unknownChange("c-9c1d0a2b3c4e", records)).toMatch(/Did you mean "c-9c1d0a2b3c4d"\?/);
	expect(unknownChange("parser", records)).toMatch(/In review: c-9c1d0a2b3c4d, c-9c1d0a2bffff\./);
});

test("a word that names several is answered with them", () => {
	expect(severalChanges("9c1d", [one.id, other.id])).toMatch(/beginning of 2: c-9c1d0a2b3c4d, c-9c1d0a2bffff/);
});

function recordsOf(queue: readonly Change[]) {
	return { queue, entries: [] };
}
