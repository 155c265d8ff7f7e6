import { expect, test } from "vitest";
import type { Change } from "../model/review-queue.ts";
import { aChange } from "../testing/a-change.ts";
import { draftOf } from "../testing/a-draft.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryFloor } from "../testing/memory-floor.ts";
import { type AnswerWish, answerQuestion } from "./answers.ts";
import type { Person } from "./asking/person.ts";

const ana: Person = { by: "telegram:4711", source: "telegram" };
const bo: Person = { by: "github:bo", source: "github" };
const { id, commit } = aChange();
const expires = "2026-01-31T09:00:00.000Z";
const inTimeMs = Date.UTC(2026, 0, 31, 8, 30);
const lateMs = Date.UTC(2026, 0, 31, 9, 30);
const yes = { approval: "a-1", answer: "approve" } as const;

test("a question is answered by its own id, and the answer is bound to its commit", async () => {
	const { answered, given } = await asked();
	expect(await answered(ana, { ...yes, commit, note: "fine" })).toMatchObject({
		kind: "answered",
		change: { id },
		bound: { approval: "a-1", commit },
	});
	expect(await given()).toEqual([
		{ by: ana.by, id: "answer:a-1", approval: "a-1", commit, answer: "approve", note: "fine" },
	]);
});

test("what is not asked about, or not any more, is not answered", async () => {
	const { answered, given, nowAt, askAnew } = await asked();
	expect(await answered(ana, { approval: "a-9", answer: "approve" })).toEqual({ kind: "unknown-question" });
	expect(await answered(ana, { change: "c-0000", answer: "approve" })).toMatchObject({ kind: "unknown-change" });
	expect(await answered(ana, { change: id, answer: "reject" })).toEqual({ kind: "note-missing" });
	// The person looked at another commit.
	expect(await answered(ana, { ...yes, commit: "0".repeat(40) })).toMatchObject({ kind: "overtaken" });
	// The change went on since the question.
	await nowAt("77aa77aa77aa77aa");
	expect(await answered(ana, yes)).toMatchObject({ kind: "overtaken", bound: { commit } });
	await nowAt(commit);
	expect(await answered(ana, yes, lateMs)).toMatchObject({ kind: "not-open", question: { state: "expired" } });
	// The press of an older message answers no newer question.
	await askAnew("a-2");
	expect(await answered(ana, yes)).toMatchObject({ kind: "overtaken", bound: { approval: "a-2" } });
	expect(await given()).toEqual([]);
});

test("of two people the second is told what the first said", async () => {
	const { answered, given } = await asked();
	const both = await Promise.all([
		answered(ana, yes),
		answered(bo, { approval: "a-1", answer: "reject", note: "not now" }),
	]);
	expect(both).toMatchObject([{ kind: "answered" }, { kind: "second", given: { by: ana.by } }]);
	expect(await answered(bo, yes)).toMatchObject({ kind: "not-open", question: { answer: { by: ana.by } } });
	expect(await given()).toHaveLength(1);
});

test("who asks again under an id hears that it is answered, who has none that it was", async () => {
	const { answered, given } = await asked();
	const once = { ...ana, id: "telegram:7" };
	const first = await answered(once, yes);
	expect(await answered(once, yes)).toEqual(first);
	expect(await answered(once, { approval: "a-1", answer: "reject", note: "no" })).toMatchObject({ kind: "not-open" });
	expect(await answered(ana, yes)).toMatchObject({ kind: "not-open", question: { state: "answered" } });
	expect(await given()).toHaveLength(1);
});

test("what was parked or given up may be rejected by the question that expired, once", async () => {
	const { answered, given, inQueue } = await asked();
	const no = { approval: "a-1", answer: "reject", note: "not now" } as const;
	const once = { ...ana, id: "telegram:7" };
	const first = await answered(once, no, lateMs);
	expect(first).toMatchObject({ kind: "answered", bound: { approval: `a-${commit.slice(0, 12)}-0` } });
	expect(await answered(once, no, lateMs)).toMatchObject({ kind: "answered", entry: { seq: 3 } });
	expect(await given()).toHaveLength(1);
	await inQueue({ status: "poisonous" });
	expect(await answered(ana, yes, lateMs)).toMatchObject({ kind: "not-open" });
	expect(await answered(ana, no, lateMs)).toMatchObject({ kind: "answered" });
});

/** A change that is in review, and the question about it. */
async function asked() {
	const floor = memoryFloor(fakeClock());
	const inQueue = (patch: Partial<Change> = {}) =>
		floor.records.update("review-queue", () => ({ changes: [aChange({ status: "asked", ...patch })] }));
	const askAnew = (approval: string) =>
		floor.log.append([
			draftOf("approval_asked", { approval, change: id, commit, question: "May it land?", expires }, "cto-reviewer"),
		]);
	await inQueue();
	const { session, task, branch, base } = aChange();
	await floor.log.append([draftOf("change_pushed", { change: id, session, task, branch, commit, base }, session)]);
	await askAnew("a-1");
	return {
		answered: (person: Person, wish: AnswerWish, nowMs = inTimeMs) => answerQuestion(floor, person, wish, nowMs),
		inQueue,
		nowAt: (now: string) => inQueue({ commit: now }),
		askAnew,
		given: async () =>
			(await floor.log.last(10, { type: ["approval_given"] })).map(({ by, id: answer, data }) => ({
				by,
				id: answer,
				...data,
			})),
	};
}
