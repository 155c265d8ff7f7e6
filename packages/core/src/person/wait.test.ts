import { expect, test } from "vitest";
import type { Entry } from "../model/entry.ts";
import { aDraft, draftOf } from "../testing/a-draft.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryFloor } from "../testing/memory-floor.ts";
import { answersTrigger, type IsAnswer } from "./asking/answers.ts";
import { trigger } from "./triggers.ts";
import { answerTo } from "./wait.ts";

const ci = { by: "http:ci", source: "http" };

test("the answer is waited for, and what happens meanwhile is told", async () => {
	const { floor, clock, request } = await asked();
	const meanwhile: Entry[] = [];
	const answer = answerTo(floor, request, {
		isAnswer: answersTrigger,
		waitMs: 1_000,
		clock,
		meanwhile: (entry) => meanwhile.push(entry),
	});
	await floor.log.append([
		draftOf("trigger_done", { trigger: 99, outcome: "done" }),
		draftOf("trigger_done", { trigger: request.seq, outcome: "refused" }),
		aDraft("too late"),
	]);
	expect(await answer).toMatchObject({ seq: 3, data: { outcome: "refused" } });
	expect(meanwhile.map(({ seq }) => seq)).toEqual([2]);
});

test("the waiting has an end, by time or by signal", async () => {
	const { floor, clock, request } = await asked();
	const never: IsAnswer = () => false;
	const patient = answerTo(floor, request, { isAnswer: never, waitMs: 1_000, clock });
	await clock.advance(1_000);
	expect(await patient).toBeUndefined();
	const end = new AbortController();
	const broken = answerTo(floor, request, { isAnswer: never, waitMs: 1_000, clock, signal: end.signal });
	end.abort();
	expect(await broken).toBeUndefined();
});

async function asked() {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	const { entry } = await trigger(floor, ci, { what: "review" });
	return { floor, clock, request: entry };
}
