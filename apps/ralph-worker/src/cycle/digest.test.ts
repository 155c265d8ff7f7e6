import { type Entry, emptyState, fold } from "@shopfloor/core";
import { expect, test } from "vitest";
import { digestOf } from "./digest.ts";

test("done by others, in flight, and discarded are told apart, the newest first", () => {
	const entries = [
		cycle("ralph-1", "mend the parser", "discarded", "types: one new error"),
		cycle("ralph-2", "guard the average", "pushed", "errors 5 → 4", "c-1"),
		entry("change_landed", { change: "c-1", commit: "a", tree: "t", receipt: "r", task: null }),
		cycle("ralph-2", "count twice", "pushed", "errors 4 → 3", "c-2"),
		entry("change_rejected", { change: "c-2", reasons: ["it is two things"] }),
		cycle("ralph-1", "", "idle", "nothing is wrong"),
	];
	const running = fold(emptyState, {
		...entry("cycle_step", {
			session: "ralph-2",
			cycle: 4,
			step: "hack",
			began: "2026-01-31T08:00:00.000Z",
			task: null,
			title: "name it",
			files: ["src/name.ts"],
		}),
		by: "ralph-2",
	} as Entry);
	expect(digestOf(entries, running, "ralph-1")).toMatchInlineSnapshot(`
		"In flight, to be left alone:
		- ralph-2 is at "name it" (hack), in src/name.ts

		Discarded or rejected, and why:
		- rejected: count twice: it is two things
		- discarded: mend the parser (ralph-1): types: one new error

		Done by others and by you:
		- in review: count twice (ralph-2: errors 4 → 3)
		- landed: guard the average
		- in review: guard the average (ralph-2: errors 5 → 4)"
	`);
});

test("it is bounded, whatever stands in the log, and of one line for each", () => {
	const entries = Array.from({ length: 400 }, (_, index) =>
		cycle("ralph-2", `${index} ${"long\n- forged ".repeat(30)}`, "discarded", "because ".repeat(100)),
	);
	const digest = digestOf(entries, emptyState, "ralph-1");
	expect(digest.length).toBeLessThan(5_200);
	expect(digest.split("\n").every((line) => /^(- discarded: |Discarded)/.test(line))).toBe(true);
});

function cycle(session: string, title: string, outcome: string, reason: string, change?: string): Entry {
	return entry("ralph_cycle", { session, cycle: 1, task: null, title, outcome, reason, change, usd: 0, durationMs: 1 });
}

let seq = 0;
function entry(type: string, data: object): Entry {
	return { seq: ++seq, ts: "2026-01-31T08:00:00.000Z", type, by: "x", data, prev: "p" } as unknown as Entry;
}
