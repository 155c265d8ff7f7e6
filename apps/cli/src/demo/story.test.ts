import { type DataOf, type Entry, emptyState } from "@shopfloor/core";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { timesFor } from "../times.ts";
import { beginning, isTold, type Story, told } from "./story.ts";
import { endLines, screenLines } from "./view.ts";

const began = Date.parse("2026-01-31T08:00:00.000Z");

test("the first run's screen fits 80 columns and 24 rows, and its reasons can be read", () => {
	const screen = screenLines(aStory(), look);
	expect(screen.every((line) => line.length <= 80)).toBe(true);
	expect(screen.length).toBeLessThanOrEqual(24);
	expect(screen.join("\n")).toMatchInlineSnapshot(`
		"Shopfloor at work on a copy of its sample, with the built-in agent          1:23

		  ralph-1   evaluate  src/labels/label.ts: TS6133 'euros' is declared but i… 17s
		  ralph-2   between two cycles

		  compiler errors  14 → 13  █████████████·
		  failing tests     7 → 7   ███████
		  branches pushed  2   landed 1   discarded 1   rejected 1

		  08:01:01  pushed     src/addresses/book.ts: TS1484 'Address' is a type and mu…
		  08:01:02  landed     src/addresses/book.ts: TS1484 'Address' is a type and mu…
		  08:01:03  pushed     src/addresses/zones.ts: TS6133 'zoneRangesOfDepots' is d…
		  08:01:04  rejected   src/addresses/zones.ts: TS6133 'zoneRangesOfDepots' is d…
		                       is focused on one thing: 211 lines in 1 file
		  08:01:05  discarded  src/carriers/inbox.ts: TS2551 Property 'recieved' does n…
		                       tests: the test src/carriers/inbox.test.ts > a message
		                       becomes an event, with the time at which the depot had t…

		Ctrl-C ends the watching, not the factory. npm stop ends the factory."
	`);
});

test("at its end it says what happened, where it is, and what to type next", () => {
	const end = endLines(aStory(), { ...look, project: "/demo/project", enough: false });
	expect(end.join("\n")).toMatchInlineSnapshot(`
		"So far, in 1:23 min: 1 landed, 1 discarded, 1 rejected.

		  compiler errors  14 → 13  █████████████·
		  failing tests     7 → 7   ███████
		  branches pushed  2   landed 1   discarded 1   rejected 1

		What did not pass, and why:
		  08:01:10  rejected   src/addresses/zones.ts: TS6133 'zoneRangesOfDepots' is d…
		                       is focused on one thing: 211 lines in 1 file
		  08:01:11  discarded  src/carriers/inbox.ts: TS2551 Property 'recieved' does n…
		                       tests: the test src/carriers/inbox.test.ts > a message
		                       becomes an event, with the time at which the depot had t…

		It goes on working until you say npm stop. What landed:
		  git -C /demo/project log --oneline

		What next:
		  npx shopfloor status --watch     what it does, live
		  npx shopfloor report             what came of it, and why
		  npx shopfloor init               your own repository"
	`);
});

test("it is told when five landed, one was discarded and one rejected", () => {
	expect(isTold(aStory())).toBe(false);
	const landings = Array.from({ length: 4 }, (_, index) => landed(`c-${index + 10}`));
	expect(isTold([...landings].reduce(told, aStory()))).toBe(true);
});

test("a base that was measured late does not bring back what was mended", () => {
	const story = [cycle("ralph-1", "idle", 12), cycle("ralph-2", "idle", 14)].reduce(told, aStory());
	expect(story.errors).toEqual([14, 12]);
});

const look = {
	nowMs: began + 83_000,
	beganMs: began,
	sessions: ["ralph-1", "ralph-2"],
	paint: paintIf(false),
	times: timesFor(began, "UTC"),
	columns: 80,
	rows: 24,
};

function aStory(): Story {
	const step = {
		session: "ralph-1",
		cycle: 4,
		step: "evaluate",
		began: "2026-01-31T08:01:00.000Z",
		task: null,
		title: "src/labels/label.ts: TS6133 'euros' is declared but its value is never read.",
	} as const;
	return [
		cycle("ralph-1", "pushed", 14, "src/addresses/book.ts: TS1484 'Address' is a type and must be imported", "c-1"),
		landed("c-1"),
		cycle("ralph-2", "pushed", 14, "src/addresses/zones.ts: TS6133 'zoneRangesOfDepots' is declared", "c-2"),
		entry("change_rejected", { change: "c-2", reasons: ["is focused on one thing: 211 lines in 1 file"] }),
		cycle(
			"ralph-2",
			"discarded",
			13,
			"src/carriers/inbox.ts: TS2551 Property 'recieved' does not exist",
			undefined,
			"tests: the test src/carriers/inbox.test.ts > a message becomes an event, with the time at which the depot had the parcel fails",
		),
		entry("cycle_step", step),
	].reduce(told, beginning(emptyState));
}

let seq = 0;
function entry<T extends "change_rejected" | "change_landed" | "cycle_step" | "ralph_cycle">(type: T, data: DataOf<T>) {
	seq++;
	return {
		seq,
		ts: new Date(began + 60_000 + seq * 1_000).toISOString(),
		type,
		by: "x",
		data,
		prev: "p",
	} as unknown as Entry;
}

function landed(change: string): Entry {
	return entry("change_landed", { change, commit: "a", tree: "t", receipt: "r", task: null });
}

function cycle(
	session: string,
	outcome: "pushed" | "discarded" | "idle",
	errors: number,
	title?: string,
	change?: string,
	reason = "errors 14 → 13",
): Entry {
	return entry("ralph_cycle", {
		session,
		cycle: 1,
		task: null,
		outcome,
		reason,
		before: { errors, failingTests: 7 },
		usd: 0,
		durationMs: 9_000,
		...(title !== undefined && { title }),
		...(change !== undefined && { change }),
	});
}
