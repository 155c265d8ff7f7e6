import { type DataOf, type Entry, emptyState, type FactoryState, fold, toMs } from "@shopfloor/core";
import { describe, expect, test } from "vitest";
import { type Action, decide, type Snapshot } from "./decide.ts";

const minute = 60_000;
const start = "2026-01-31T08:00:00.000Z";

describe("health", () => {
	test("comes first and always; the head is noted last", () => {
		expect(decide(aSnapshot()).map(({ kind }) => kind)).toEqual(["health", "anchor"]);
	});

	test("a tight memory is told when it becomes so, and not again while it stays", () => {
		const tight = someHealth({ share: 0.9 });
		expect(codes(aSnapshot({ health: tight }))).toEqual(["memory-tight"]);
		expect(codes(aSnapshot({ health: tight, state: stateAfter(healthEntry(tight)) }))).toEqual([]);
		expect(
			codes(aSnapshot({ health: tight, state: stateAfter(healthEntry(tight), healthEntry(someHealth())) })),
		).toEqual(["memory-tight"]);
	});

	test("a disk that fills up is told", () => {
		expect(codes(aSnapshot({ health: someHealth({ free: 2 ** 20 }) }))).toEqual(["disk-low"]);
	});

	test("what is said can be read by a person", () => {
		const said = decide(aSnapshot({ health: someHealth({ share: 0.9, free: 2 ** 29 }) })).flatMap((action) =>
			action.kind === "alert" ? [action.alert.message] : [],
		);
		expect(said).toMatchInlineSnapshot(`
			[
			  "90 % of the memory is in use (8 GiB, this machine); the mark is 85 %. Nothing new should be started until it falls.",
			  "only 512 MiB are free on the disk of the state directory; the mark is 1 GiB. When it is full, the factory stands still until there is space.",
			]
		`);
	});
});

describe("SUP-10: a doctor that falls silent", () => {
	const state = stateAfter(started("session-doctor"));
	test("is told once", () => {
		expect(codes(aSnapshot({ state, afterMs: 12 * minute }))).toEqual([]);
		expect(codes(aSnapshot({ state, afterMs: 13 * minute }))).toEqual(["doctor-silent"]);
		const told = fold(
			state,
			entry("alert", { code: "doctor-silent", severity: "error", message: "said" }, 13 * minute, 9),
		);
		expect(codes(aSnapshot({ state: told, afterMs: 30 * minute }))).toEqual([]);
	});

	test("is no news when it was stopped by a person", () => {
		const stopped = fold(
			state,
			entry("process_stopped", { pid: 7, reason: "signal", uptimeMs: 5 }, 0, 9, "session-doctor"),
		);
		expect(codes(aSnapshot({ state: stopped, afterMs: 60 * minute }))).toEqual([]);
	});
});

test("leftovers of the dead are swept", () => {
	expect(decide(aSnapshot({ leftovers: ["/state/x.tmp"] }))).toContainEqual({ kind: "sweep", paths: ["/state/x.tmp"] });
});

test("a pause is over when its time has come, and not before", () => {
	const state = stateAfter(
		entry("paused", { scope: "all", kind: "pause", reason: "limit", until: "2026-01-31T09:00:00.000Z" }, 0, 1),
	);
	const resumed = (afterMs: number) =>
		decide(aSnapshot({ state, afterMs })).filter((action: Action) => action.kind === "resume");
	expect(resumed(59 * minute)).toEqual([]);
	expect(resumed(60 * minute)).toEqual([{ kind: "resume", scope: "all" }]);
});

function aSnapshot(patch: Partial<Snapshot> & { afterMs?: number } = {}): Snapshot {
	const { afterMs = 0, ...rest } = patch;
	return {
		nowMs: toMs(start) + afterMs,
		state: emptyState,
		health: someHealth(),
		leftovers: [],
		limits: { memoryShare: 0.85, diskFreeBytes: 2 ** 30, heartbeatMs: 5 * minute },
		...rest,
	};
}

function someHealth({ share = 0.5, free = 50 * 2 ** 30 } = {}): DataOf<"health"> {
	return {
		memory: { usedBytes: share * 8 * 2 ** 30, limitBytes: 8 * 2 ** 30, usedShare: share, boundBy: "machine" },
		pressure: null,
		load: { one: 0.1, five: 0.1, cores: 2 },
		disk: { freeBytes: free, totalBytes: 100 * 2 ** 30 },
		processes: [],
	};
}

function codes(snapshot: Snapshot): string[] {
	return decide(snapshot).flatMap((action) => (action.kind === "alert" ? [action.alert.code] : []));
}

function stateAfter(...entries: Entry[]): FactoryState {
	return entries.reduce(fold, emptyState);
}

function healthEntry(health: DataOf<"health">): Entry {
	return entry("health", health, 0, 1);
}

function started(name: string): Entry {
	return entry("process_started", { pid: 7, node: "v20", after: "first", crashes: 0 }, 0, 1, name);
}

function entry<T extends Entry["type"]>(
	type: T,
	data: DataOf<T>,
	afterMs: number,
	seq: number,
	by = "scheduler",
): Entry {
	return { seq, ts: new Date(toMs(start) + afterMs).toISOString(), type, by, data, prev: "0".repeat(64) } as Entry;
}
