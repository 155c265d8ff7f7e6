import { expect, test } from "vitest";
import type { DataOf, Draft } from "../../model/entry.ts";
import type { Change } from "../../model/review-queue.ts";
import { aChange } from "../../testing/a-change.ts";
import { draftOf } from "../../testing/a-draft.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { memoryFloor } from "../../testing/memory-floor.ts";
import { type ChangeRecords, findChange, knownChanges } from "./known-change.ts";

const one = aChange({ id: "c-9c1d0a2b3c4d", commit: "9c1d0a2b3c4d5e6f", branch: "brl/ralph-1/1", title: "one" });
const other = aChange({
	id: "c-9c1d0a2bffff",
	commit: "9c1d0a2bffff0000",
	branch: "brl/ralph-2/1",
	title: "other",
	created: "2026-01-31T08:01:00.000Z",
});

test("a change is found by its id, its branch, the beginning of its commit, or of the one that landed", async () => {
	const records = await recordsOf([one, other], [landed({ change: other.id, commit: "77aa0000", session: "ralph-2" })]);
	const idOf = (word: string) => {
		const found = findChange(word, records);
		return found.kind === "change" ? found.change.id : found.kind;
	};
	expect(idOf("c-9c1d0a2b3c4d")).toBe(one.id);
	expect(idOf("brl/ralph-2/1")).toBe(other.id);
	expect(idOf("9c1d0a2b3")).toBe(one.id);
	expect(idOf("c-9c1d0a2b3")).toBe(one.id);
	expect(idOf("77aa0000")).toBe(other.id);
	expect(findChange("9c1d0a2b", records)).toEqual({ kind: "several", ids: [one.id, other.id] });
	// So little may be the beginning of anything.
	expect(idOf("9c1")).toBe("none");
	expect(idOf("c-0")).toBe("none");
});

test("one that has left the queue is known from the log, with what became of it", async () => {
	const records = await recordsOf(
		[],
		[
			pushed({ change: "c-1", commit: "1111", task: "t-4" }),
			draftOf("ralph_cycle", {
				session: "ralph-1",
				cycle: 1,
				task: "t-4",
				title: "mend the parser",
				outcome: "pushed",
				reason: "",
				files: ["src/parser.ts"],
				change: "c-1",
				usd: 0.1,
				durationMs: 1,
			}),
			pushed({ change: "c-2", commit: "2222" }),
			pushed({ change: "c-3", commit: "3333" }),
			draftOf("change_rejected", { change: "c-2", reasons: ["two things"] }),
			landed({ change: "c-1", commit: "77aa", session: "ralph-1" }),
			landed({ change: "by-hand", commit: "88bb" }),
			landed({ change: "c-3", commit: "99cc", session: "ralph-1" }),
			draftOf("change_reverted", { change: "c-3", commit: "99dd", reason: "the base became red" }),
		],
	);
	const told = knownChanges(records).map(({ id, status, task, title, reasons, landed: at }) => [
		id,
		status,
		task,
		title,
		reasons,
		at?.commit,
	]);
	expect(told).toEqual([
		["c-1", "landed", "t-4", "mend the parser", [], "77aa"],
		["c-2", "rejected", null, null, ["two things"], undefined],
		["c-3", "reverted", null, null, ["the base became red"], "99cc"],
		["by-hand", "landed", null, null, [], "88bb"],
	]);
});

test("the queue has the last word on what it holds, but for what was taken back since", async () => {
	const entries = [pushed({ change: one.id, commit: "old" }), landed({ change: one.id, commit: "77aa", session: "r" })];
	const queue = [aChange({ ...one, status: "landed", rebased: 1 })];
	expect(knownChanges(await recordsOf(queue, entries))).toMatchObject([{ status: "landed", commit: one.commit }]);
	const taken = draftOf("change_reverted", { change: one.id, commit: "99dd", reason: "red" });
	expect(knownChanges(await recordsOf(queue, [...entries, taken]))).toMatchObject([
		{ status: "reverted", reasons: ["red"] },
	]);
});

async function recordsOf(
	queue: readonly Change[],
	drafts: readonly ReturnType<typeof draftOf>[],
): Promise<ChangeRecords> {
	return { queue, entries: await memoryFloor(fakeClock()).log.append(drafts) };
}

function pushed(patch: Partial<DataOf<"change_pushed">>): Draft {
	const { id, session, task, branch, commit, base } = aChange();
	return draftOf("change_pushed", { change: id, session, task, branch, commit, base, ...patch }, session);
}

function landed(patch: Partial<DataOf<"change_landed">>): Draft {
	const data = { change: aChange().id, commit: "77aa", tree: "51bb", receipt: "r-51bb", task: null, ...patch };
	return draftOf("change_landed", data, "cto-reviewer");
}
