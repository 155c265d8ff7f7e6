import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDraft, arbitraryHistory, draftTypes } from "../testing/arbitrary-entry.ts";
import { draftFaults, type Entry, entryTypes } from "./entry.ts";
import { emptyState, type FactoryState, fold, pauseFor } from "./factory-state.ts";

test("the random entries are of every type, and the log would take each of them", () => {
	expect([...draftTypes, "checkpoint"].sort()).toEqual([...entryTypes].sort());
	for (const type of draftTypes)
		fc.assert(
			fc.property(arbitraryDraft(type), (draft) => {
				expect(draftFaults(draft)).toEqual([]);
			}),
			{ numRuns: 20 },
		);
});

test("folding in two parts, with the state written down in between, equals folding at once", () => {
	fc.assert(
		fc.property(arbitraryHistory({ maxLength: 60 }), fc.nat(60), (history, cut) => {
			const first = throughJson(history.slice(0, cut).reduce(fold, emptyState));
			const whole = history.reduce(fold, emptyState);
			expect(history.slice(cut).reduce(fold, first)).toEqual(whole);
			expect(whole.entries).toBe(history.length);
		}),
	);
});

test("a session, a task or a scope may have a name that every object knows", () => {
	const entries = [
		{ type: "process_started", data: { pid: 7, node: "v20", after: "crash", crashes: 1 } },
		{
			type: "ralph_cycle",
			data: { session: "constructor", cycle: 1, task: null, outcome: "idle", reason: "", usd: 1, durationMs: 1 },
		},
		{ type: "cto_review", data: { change: "toString", commit: "c", decision: "approved", criteria: [], reason: "" } },
	].map(
		(part, index) =>
			({ ...part, seq: index + 1, ts: "2026-01-31T08:00:00.000Z", by: "constructor", prev: "" }) as Entry,
	);
	const state = entries.reduce(fold, emptyState);
	expect(state.work.sessions["constructor"]).toMatchObject({ cycles: 1, usd: 1 });
	expect(state.work.changes).toEqual({});
	expect(pauseFor(state, 0, "constructor")).toBeUndefined();
});

test("whoever begins at a checkpoint knows what those know who read everything", () => {
	fc.assert(
		fc.property(arbitraryHistory({ maxLength: 60 }), fc.nat(60), (history, cut) => {
			const [before, after] = [history.slice(0, cut), history.slice(cut)];
			const sealed = before.reduce(fold, emptyState);
			const checkpoint = checkpointOf(sealed);
			const later = [checkpoint, ...after.map((entry) => ({ ...entry, seq: entry.seq + 1 }) as Entry)];
			expect(later.reduce(fold, emptyState)).toEqual([...before, ...later].reduce(fold, emptyState));
		}),
	);
});

function checkpointOf(state: FactoryState): Entry {
	return {
		seq: state.seq + 1,
		ts: "2026-02-28T00:00:00.000Z",
		type: "checkpoint",
		by: "floor",
		data: {
			through: state.seq,
			entries: state.entries,
			sealed: "000000000001.jsonl",
			state: throughJson(state) as unknown as Record<string, unknown>,
		},
		prev: "0".repeat(64),
	};
}

function throughJson<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
