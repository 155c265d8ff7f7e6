import { type DataOf, type Draft, type Entry, emptyState, type FactoryState, fold, toMs } from "@shopfloor/core";
import { describe, expect, test } from "vitest";
import { type Action, decide, type Missed, type Snapshot, turnEvery } from "./decide.ts";

const minute = 60_000;
const start = "2026-01-31T08:00:00.000Z";

test.each([
	["5m", "1m"],
	["0 */2 * * *", "1m"],
	["1m", "1m"],
	["20s", "20s"],
])("with health every %s there is a turn every %s", (health, turn) => {
	expect(turnEvery(health)).toBe(turn);
});

describe("health", () => {
	test("comes first; the head is noted last", () => {
		expect(decide(aSnapshot()).map(({ kind }) => kind)).toEqual(["health", "anchor"]);
	});

	test("is not told when it was not time to look, whatever it was before", () => {
		const state = stateAfter(healthEntry(someHealth({ free: 2 ** 20 })));
		expect(decide(aSnapshot({ health: undefined, state }))).toEqual([{ kind: "anchor" }]);
	});

	test("a disk that fills up is told when it becomes low, and not again while it stays", () => {
		const low = someHealth({ free: 2 ** 20 });
		expect(codes(aSnapshot({ health: low }))).toEqual(["disk-low"]);
		expect(codes(aSnapshot({ health: low, state: stateAfter(healthEntry(low)) }))).toEqual([]);
		expect(codes(aSnapshot({ health: low, state: stateAfter(healthEntry(low), healthEntry(someHealth())) }))).toEqual([
			"disk-low",
		]);
	});

	test("what is said can be read by a person", () => {
		const said = decide(aSnapshot({ health: someHealth({ free: 2 ** 29 }) })).flatMap((action) =>
			action.kind === "alert" ? [action.alert.message] : [],
		);
		expect(said).toMatchInlineSnapshot(`
			[
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

	test("is not told of as long as it may only have slept with the machine", () => {
		const night = 480;
		const ownBeatsMs = [1, night + 2, night + 7].map((at) => toMs(start) + at * minute);
		expect(codes(aSnapshot({ state, ownBeatsMs, afterMs: (night + 8) * minute }))).toEqual([]);
		expect(codes(aSnapshot({ state, ownBeatsMs, afterMs: (night + 9) * minute }))).toEqual(["doctor-silent"]);
	});

	test("is no news when it was stopped by a person", () => {
		const stopped = fold(
			state,
			entry("process_stopped", { pid: 7, reason: "signal", uptimeMs: 5 }, 0, 9, "session-doctor"),
		);
		expect(codes(aSnapshot({ state: stopped, afterMs: 60 * minute }))).toEqual([]);
	});
});

describe("a process that is configured and not there", () => {
	const scheduler = started("scheduler");

	test("is told when it stays away, once, until it was back", () => {
		const story = aStory(stateAfter(scheduler));
		expect(story.turn({ empty: ["ralph-1"] })).toEqual([]);
		expect(story.turn({ empty: ["ralph-1"] })).toEqual([]);
		expect(story.turn({ empty: ["ralph-1"] })).toEqual(["process-absent"]);
		for (let more = 0; more < 60; more++) expect(story.turn({ empty: ["ralph-1"] })).toEqual([]);
		expect(story.turn({ empty: [] })).toEqual([]);
		expect([1, 2, 3].flatMap(() => story.turn({ empty: ["ralph-1"] }))).toEqual(["process-absent"]);
	});

	test("is told for each that stays away", () => {
		const story = aStory(stateAfter(scheduler));
		const empty = ["session-doctor", "ralph-1"];
		expect([1, 2, 3].flatMap(() => story.turn({ empty }))).toEqual(["process-absent", "process-absent"]);
		expect(story.turn({ empty: [...empty, "ralph-2"] })).toEqual([]);
	});

	test("is gone when its last word was that it runs; a doctor that is gone is not called silent as well", () => {
		const state = stateAfter(scheduler, started("session-doctor"));
		const story = aStory(state);
		const said = Array.from({ length: 60 }, () => story.turn({ empty: ["session-doctor"] })).flat();
		expect(said).toEqual(["process-gone"]);
	});

	test.each(["launcher-gone", "lease-lost", "error"] as const)(
		"is missed when it ended in order, but because of %s",
		(reason) => {
			const ended = entry("process_stopped", { pid: 7, reason, uptimeMs: 5 }, 0, 2, "ralph-1");
			const story = aStory(stateAfter(scheduler, started("ralph-1"), ended));
			expect([1, 2, 3].flatMap(() => story.turn({ empty: ["ralph-1"] }))).toEqual(["process-gone"]);
		},
	);

	test("is no news when somebody told it to end, or when it is parked", () => {
		const stopped = entry("process_stopped", { pid: 7, reason: "signal", uptimeMs: 5 }, 0, 2, "ralph-1");
		const parked = entry("process_parked", { pid: 7, crashes: 5, windowMs: 1, reason: "x" }, 0, 3, "ralph-2");
		const story = aStory(stateAfter(scheduler, started("ralph-1"), stopped, started("ralph-2"), parked));
		for (let more = 0; more < 5; more++) expect(story.turn({ empty: ["ralph-1", "ralph-2"] })).toEqual([]);
	});

	test("has the whole of its time again when it is brought up together with the scheduler", () => {
		const story = aStory(stateAfter(scheduler), { "ralph-1": { sinceMs: toMs(start) - 60 * minute, told: false } });
		expect([1, 2, 3].map(() => story.turn({ empty: ["ralph-1"] }))).toEqual([[], [], ["process-absent"]]);
	});

	test("does not stay young on a clock that was set back", () => {
		const missed = { "ralph-1": { sinceMs: toMs(start) + 600 * minute, told: false } };
		const story = aStory(stateAfter(), missed);
		expect([1, 2, 3].flatMap(() => story.turn({ empty: ["ralph-1"] }))).toEqual(["process-absent"]);
	});

	test("is told in words that say what to do", () => {
		const at = (name: string) => ({ [name]: { sinceMs: toMs(start), told: false } });
		const missed = { ...at("ralph-1"), ...at("ralph-2") };
		const empty = ["ralph-1", "ralph-2"];
		const state = stateAfter(started("ralph-1"));
		const actions = decide(aSnapshot({ state, missed, empty, health: undefined, afterMs: 3 * minute }));
		expect(actions.flatMap((action) => (action.kind === "alert" ? [action.alert.message] : []))).toMatchInlineSnapshot(`
			[
			  "ralph-1 is gone without having been told to end, and for 3m nobody has started it again. What to do: npx shopfloor status",
			  "ralph-2 is configured and was never started. What to do: npx shopfloor status",
			]
		`);
	});

	/** Turns a minute apart, each of which finds what the one before it noted. */
	function aStory(state: FactoryState, missed: Missed = {}) {
		let turns = 0;
		return {
			turn({ empty }: { readonly empty: readonly string[] }): string[] {
				const actions = decide(aSnapshot({ state, missed, empty, health: undefined, afterMs: turns++ * minute }));
				for (const action of actions) if (action.kind === "note-missed") missed = action.missed;
				return actions.flatMap((action) => (action.kind === "alert" ? [action.alert.code] : []));
			},
		};
	}
});

test("leftovers of the dead are swept", () => {
	expect(decide(aSnapshot({ leftovers: ["/state/x.tmp"] }))).toContainEqual({ kind: "sweep", paths: ["/state/x.tmp"] });
});

test("runs that a killed process left are ended before their calls are settled, and before anything is swept", () => {
	const settled = { type: "agent_called", by: "scheduler", data: {} } as unknown as Draft;
	const kinds = decide(aSnapshot({ leftRuns: ["7-1-b-1"], lostCalls: [settled], leftovers: ["/state/x.tmp"] })).map(
		({ kind }) => kind,
	);
	expect(kinds).toEqual(["health", "end-runs", "settle", "sweep", "anchor"]);
});

test("sessions that showed something have their windows", () => {
	expect(decide(aSnapshot({ showing: ["ralph-1"] })).at(-1)).toEqual({ kind: "terminals", sessions: ["ralph-1"] });
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
		ownBeatsMs: [],
		health: someHealth(),
		leftovers: [],
		leftRuns: [],
		lostCalls: [],
		showing: [],
		empty: [],
		missed: {},
		limits: { diskFreeBytes: 2 ** 30, heartbeatMs: 5 * minute },
		...rest,
	};
}

function someHealth({ free = 50 * 2 ** 30 } = {}): DataOf<"health"> {
	return {
		memory: { usedBytes: 4 * 2 ** 30, limitBytes: 8 * 2 ** 30, usedShare: 0.5, boundBy: "machine" },
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
