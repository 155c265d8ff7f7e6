import { fakeClock } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { AnsweredCalls } from "./answered.ts";

const minute = 60_000;
const answer = { status: 202, body: {} };

test("a call is done once and answered as it was, another one under its id is refused, as long as it is good", async () => {
	const clock = fakeClock();
	const calls = new AnsweredCalls(clock);
	let done = 0;
	const ask = (id: string, request = "doctor") =>
		calls.once(id, request, async () => {
			done++;
			return answer;
		});
	expect([await ask("m1"), await ask("m1"), done]).toEqual([answer, answer, 1]);
	expect((await ask("m1", "standup"))?.status).toBe(422);
	await clock.advance(10 * minute);
	await ask("m2");
	expect([await ask("m1"), done]).toEqual([answer, 2]);
	await clock.advance(1);
	await ask("m3");
	expect([await ask("m1"), await ask("m2"), done]).toEqual([answer, answer, 4]);
});

test("one that was refused may be made again", async () => {
	const calls = new AnsweredCalls(fakeClock());
	expect((await calls.once("m1", "x", async () => ({ status: 503, body: {} })))?.status).toBe(503);
	expect((await calls.once("m1", "x", async () => answer))?.status).toBe(202);
});
