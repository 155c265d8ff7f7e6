import type { Change, DataOf, Entry } from "@shopfloor/core";
import { expect, test } from "vitest";
import { type Action, decide, type Known, type Snapshot } from "./decide.ts";

const nowMs = Date.parse("2026-01-31T10:00:00.000Z");
const dayMs = 24 * 60 * 60_000;
const commit = "1".repeat(40);

test("where nothing was said and nothing left, there is nothing to do", () => {
	expect(
		decide(aSnapshot({ changes: [aChange({ status: "pending" }), aChange({ id: "c-2", status: "approved" })] })),
	).toEqual([]);
});

test("the first answer to the open question counts, and no other", () => {
	const asked = { changes: [aChange({ status: "asked" })], dossiers: [aDossier()] };
	expect(decide(aSnapshot({ ...asked, because: [answer(7), answer(8, { answer: "reject" })] }))).toMatchInlineSnapshot(`
		[
		  {
		    "answer": "approve",
		    "by": "cli:ana",
		    "change": "c-1",
		    "kind": "hear",
		    "note": undefined,
		    "seq": 7,
		  },
		  {
		    "alert": {
		      "code": "answer-not-counted",
		      "message": "the answer to a-1-1 by cli:ana does not count: no question of that name is open. Nothing was done. What is open: npx shopfloor queue",
		      "severity": "warning",
		    },
		    "kind": "pass-over",
		    "seq": 8,
		  },
		]
	`);
});

test.each<[string, Partial<DataOf<"approval_given">>, string, RegExp]>([
	["of another question", { approval: "a-1-2" }, "09:00", /no question of that name is open/],
	["of another commit", { commit: "2".repeat(40) }, "09:00", /it names 222222222222, and 111111111111 was asked about/],
	["that came too late", {}, "09:30", /after the question had run out/],
])("an answer %s does nothing, and whoever gave it is told", (_what, patch, at, why) => {
	const dossiers = [aDossier({ question: { approval: "a-1-1", expires: "2026-01-31T09:30:00.000Z" } })];
	const [action] = decide(aSnapshot({ dossiers, because: [answer(7, patch, `2026-01-31T${at}:00.000Z`)] }));
	expect(action).toMatchObject({ kind: "pass-over", seq: 7, alert: { message: expect.stringMatching(why) } });
});

test("a rejection needs no open question where a change waits for a person; a yes does", () => {
	const reject = answer(7, { answer: "reject" });
	const hears = (change: Partial<Change>, entry = reject, dossiers: readonly Known[] = []) =>
		decide(aSnapshot({ changes: [aChange(change)], because: [entry], dossiers })).map(({ kind }) => kind);
	expect(hears({ status: "poisonous" })).toEqual(["hear"]);
	expect(hears({ status: "asked" })).toEqual(["hear"]);
	const open = aDossier({ question: { approval: "a-1-2", expires: "2026-01-31T12:00:00.000Z" } });
	expect(hears({ status: "asked" }, reject, [open])).toEqual(["pass-over"]);
	expect(hears({ status: "approved" })).toEqual(["pass-over"]);
	expect(hears({ status: "poisonous", commit: "2".repeat(40) })).toEqual(["pass-over"]);
	expect(hears({ status: "poisonous" }, answer(7))).toEqual(["pass-over"]);
});

test("what was heard before is not news when it is handed over again", () => {
	expect(decide(aSnapshot({ heard: 7, because: [answer(7)] }))).toEqual([]);
});

test("a question runs out a minute after its time, unless it was answered in time", () => {
	const dossiers = (agoMs: number) => [
		aDossier({ question: { approval: "a-1-1", expires: new Date(nowMs - agoMs).toISOString() } }),
	];
	expect(decide(aSnapshot({ dossiers: dossiers(59_000) }))).toEqual([]);
	expect(decide(aSnapshot({ dossiers: dossiers(60_000) }))).toEqual([
		{ kind: "expire", change: "c-1", approval: "a-1-1" },
	]);
	const inTime = answer(7, {}, new Date(nowMs - 61_000).toISOString());
	expect(kinds(decide(aSnapshot({ dossiers: dossiers(60_000), because: [inTime] })))).toEqual(["hear"]);
});

test("a review that died begins again, the third death is the last, and what was decided stays decided", () => {
	const reviewing = (attempts: number) => [aChange({ status: "reviewing", attempts })];
	expect(kinds(decide(aSnapshot({ changes: reviewing(2) })))).toEqual(["return"]);
	expect(kinds(decide(aSnapshot({ changes: reviewing(3) })))).toEqual(["give-up"]);
	const outcome = { kind: "approved" };
	expect(decide(aSnapshot({ changes: reviewing(3), dossiers: [aDossier({ outcome })] }))).toEqual([]);
	const ofAnother = [aDossier({ outcome, commit: "2".repeat(40) })];
	expect(kinds(decide(aSnapshot({ changes: reviewing(1), dossiers: ofAnother })))).toEqual(["return"]);
});

test("asked for by name, a parked or given up change is looked at again, one that waits for its answer is not", () => {
	const because = [anEntry(9, "trigger", { what: "review", source: "cli", note: "c-1" })];
	const looked = (status: Change["status"], dossiers: Known[] = []) =>
		kinds(decide(aSnapshot({ changes: [aChange({ status })], dossiers, because })));
	expect(looked("asked")).toEqual(["look-again"]);
	expect(looked("poisonous")).toEqual(["look-again"]);
	expect(looked("asked", [aDossier()])).toEqual([]);
	for (const status of ["pending", "approved", "landed", "rejected"] as const) expect(looked(status)).toEqual([]);
	const answered = aSnapshot({
		changes: [aChange({ status: "asked" })],
		dossiers: [aDossier()],
		because: [answer(8), ...because],
	});
	expect(kinds(decide(answered))).toEqual(["hear"]);
});

test("what its task was cancelled for is turned away, unless it is decided, or may be on the base already", () => {
	const cancelled = { "t-1": "cancelled by cli:ana: done by hand" };
	const turned = (patch: Partial<Change>, dossiers: Known[] = []) =>
		decide(aSnapshot({ changes: [aChange({ task: "t-1", ...patch })], dossiers, cancelled })).filter(
			({ kind }) => kind === "turn-away",
		);
	const turnAway = { kind: "turn-away", change: "c-1", reason: "the task was cancelled by cli:ana: done by hand" };
	for (const status of ["pending", "reviewing", "asked", "approved", "poisonous"] as const)
		expect(turned({ status }), status).toEqual([turnAway]);
	for (const status of ["landing", "landed", "rejected", "missing"] as const)
		expect(turned({ status }), status).toEqual([]);
	expect(turned({ task: "t-2" })).toEqual([]);
	expect(turned({ task: null })).toEqual([]);
	expect(turned({}, [aDossier({ outcome: { kind: "approved" } })])).toEqual([turnAway]);
	expect(turned({}, [aDossier({ outcome: { kind: "rejected" } })])).toEqual([]);
});

test("what was decided leaves the queue after a week, or when five hundred came after it; nothing else does", () => {
	const old = new Date(nowMs - 8 * dayMs).toISOString();
	const statuses = ["pending", "asked", "approved", "poisonous", "landed", "rejected", "missing"] as const;
	const changes = statuses.map((status) => aChange({ id: `c-${status}`, status, changed: old }));
	const cleared = (snapshot: Snapshot) =>
		decide(snapshot).flatMap((action) => (action.kind === "clear" ? action.changes : []));
	expect(cleared(aSnapshot({ changes }))).toEqual(["c-landed", "c-rejected", "c-missing"]);
	expect(
		cleared(aSnapshot({ changes, dossiers: [aDossier({ change: "c-landed", question: undefined })] })),
	).not.toContain("c-landed");
	const many = Array.from({ length: 502 }, (_, index) =>
		aChange({ id: `c-${index}`, status: "landed", changed: new Date(nowMs - index * 1_000).toISOString() }),
	);
	expect(cleared(aSnapshot({ changes: many }))).toEqual(["c-500", "c-501"]);
});

function kinds(actions: readonly Action[]): string[] {
	return actions.map(({ kind }) => kind);
}

function aSnapshot(patch: Partial<Snapshot> = {}): Snapshot {
	return { nowMs, changes: [], dossiers: [], heard: 0, because: [], cancelled: {}, ...patch };
}

function aDossier(patch: Partial<Known> = {}): Known {
	const question = { approval: "a-1-1", expires: new Date(nowMs + dayMs).toISOString() };
	return { change: "c-1", commit, question, ...patch };
}

function aChange(patch: Partial<Change> = {}): Change {
	const now = new Date(nowMs).toISOString();
	return {
		id: "c-1",
		status: "pending",
		session: "ralph-1",
		task: null,
		branch: "brl/ralph-1/x",
		commit,
		base: "0".repeat(40),
		title: "Mend the parser",
		created: now,
		changed: now,
		attempts: 0,
		reasons: [],
		...patch,
	};
}

function answer(seq: number, patch: Partial<DataOf<"approval_given">> = {}, ts?: string): Entry {
	return anEntry(seq, "approval_given", { approval: "a-1-1", commit, answer: "approve", ...patch }, ts);
}

function anEntry<T extends Entry["type"]>(
	seq: number,
	type: T,
	data: DataOf<T>,
	ts = new Date(nowMs).toISOString(),
): Entry {
	return { seq, ts, type, by: "cli:ana", data, prev: "" } as Entry;
}
