import { describe, expect, test } from "vitest";
import { aDraft } from "../testing/a-draft.ts";
import type { Entry } from "./entry.ts";
import { emptyState, fold } from "./factory-state.ts";
import { silentSince } from "./silence.ts";

const minute = 60_000;
const start = Date.UTC(2026, 0, 31, 22, 0, 0);
const night = 8 * 60;

describe("a process that was heard at the hour", () => {
	test.each([
		["is in time for two heartbeats and a half", 12, [], false],
		["is silent after them", 13, [], true],
		["is silent for who was awake all the while", 13, [-4, 1, 6, 11], true],
		["is in time for who slept through the night with it and has just woken", night, [-4, 1], false],
		["is in time for who woke and has missed one more heartbeat since", night + 10, [1, night + 4, night + 9], false],
		["is silent when it says nothing after that", night + 11, [1, night + 4, night + 9], true],
		["is silent for who slept before that and not since", 13, [-night, -3, 2, 7, 12], true],
		["is silent for who once beat at a time that has not come yet", 13, [1, night, 6, 11], true],
	])("%s", (_what, minutes, beats, isSilent) => {
		const at = (minuteOf: number) => start + minuteOf * minute;
		expect(silentSince(heardAt(start), "ralph-1", 5 * minute, at(minutes), beats.map(at))).toBe(
			isSilent ? start : undefined,
		);
	});
});

function heardAt(ms: number) {
	const data = { pid: 7, node: "v20", after: "first", crashes: 0 };
	const ts = new Date(ms).toISOString();
	return fold(emptyState, { ...aDraft(), seq: 1, ts, type: "process_started", by: "ralph-1", data, prev: "" } as Entry);
}
