import { expect, test } from "vitest";
import type { Draft } from "../../model/entry.ts";
import { emptyState } from "../../model/factory-state.ts";
import { draftOf } from "../../testing/a-draft.ts";
import { folded } from "../../testing/folded.ts";
import { processSights, type Sign } from "./process-sight.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 0, 31, 8);
const started = draftOf("process_started", { pid: 11, node: "v20", after: "first", crashes: 0 }, "scheduler");
const orphaned = draftOf("process_stopped", { pid: 11, reason: "launcher-gone", uptimeMs: 1 }, "scheduler");
const stopped = draftOf("process_stopped", { pid: 11, reason: "signal", uptimeMs: 1 }, "scheduler");
const parked = draftOf("process_parked", { pid: 11, crashes: 5, windowMs: 1, reason: "five crashes" }, "scheduler");

async function signAfter(drafts: Draft[], seat: number | undefined, minutes: number): Promise<Sign | undefined> {
	const [sight] = processSights({
		state: await folded(...drafts),
		seats: seat === undefined ? {} : { scheduler: seat },
		expected: ["scheduler"],
		heartbeatMs: 5 * minuteMs,
		nowMs: startMs + minutes * minuteMs,
	});
	return sight?.state;
}

test.each<[what: string, drafts: Draft[], seat: number | undefined, minutes: number, sign: Sign]>([
	["in its seat and heard lately", [started], 11, 1, "running"],
	["in its seat, one heartbeat late", [started], 11, 12, "running"],
	["in its seat and not heard for two heartbeats and a half", [started], 11, 13, "silent"],
	["said that it runs, and its seat is empty", [started], undefined, 1, "gone"],
	["its seat is taken by a copy that has not spoken", [started], 12, 1, "starting"],
	["first copy ever, and it has not spoken", [], 12, 1, "starting"],
	["said goodbye", [started, stopped], undefined, 1, "stopped"],
	["said goodbye, because its launcher was gone", [started, orphaned], undefined, 1, "gone"],
	["said goodbye, because its launcher was gone, and is still leaving its seat", [started, orphaned], 11, 1, "stopped"],
	["said goodbye, and is still leaving its seat", [started, stopped], 11, 1, "stopped"],
	["said goodbye, and a new copy sits there", [started, stopped], 12, 1, "starting"],
	["parked", [started, parked], undefined, 1, "parked"],
	["configured, and never seen", [], undefined, 1, "absent"],
])("%s", async (_what, drafts, seat, minutes, sign) => {
	expect(await signAfter(drafts, seat, minutes)).toBe(sign);
});

test("what a former configuration left behind is marked as not expected", async () => {
	const sights = processSights({
		state: await folded(started),
		seats: {},
		expected: ["session-doctor"],
		heartbeatMs: minuteMs,
		nowMs: startMs,
	});
	expect(sights.map(({ name, expected }) => [name, expected])).toEqual([
		["session-doctor", true],
		["scheduler", false],
	]);
});

test("a configuration that does not tell makes nothing unexpected", () => {
	expect(
		processSights({ state: emptyState, seats: { x: 1 }, expected: undefined, heartbeatMs: 1, nowMs: 0 }),
	).toMatchObject([{ name: "x", expected: true }]);
});

test("memory is only told of what is alive", async () => {
	const health = draftOf(
		"health",
		{
			memory: { usedBytes: 1, limitBytes: 2, usedShare: 0.5, boundBy: "machine" },
			pressure: null,
			load: { one: 0, five: 0, cores: 1 },
			disk: { freeBytes: 1, totalBytes: 2 },
			processes: [{ name: "scheduler", pid: 11, rssBytes: 7 }],
		},
		"scheduler",
	);
	const rssOf = async (drafts: Draft[], seats: Record<string, number>) => {
		const state = await folded(...drafts);
		return processSights({ state, seats, expected: undefined, heartbeatMs: minuteMs, nowMs: startMs })[0]?.rssBytes;
	};
	expect(await rssOf([started, health], { scheduler: 11 })).toBe(7);
	expect(await rssOf([started, health], {})).toBeNull();
	expect(await rssOf([started, health, stopped], {})).toBeNull();
	expect(await rssOf([started, health], { scheduler: 12 })).toBeNull();
});
