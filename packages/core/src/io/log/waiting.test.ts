import { expect, test } from "vitest";
import { aDraft } from "../../testing/a-draft.ts";
import type { Prepared } from "./encode.ts";
import { WaitingAppends } from "./waiting.ts";

test("what is waiting goes together, in the order in which it came", () => {
	const waiting = new WaitingAppends();
	for (const body of ["a", "b", "c"]) void waiting.add([of(body)]);
	expect(waiting.nextBatch().map(({ prepared }) => prepared[0]?.body)).toEqual(["a", "b", "c"]);
	expect(waiting.isEmpty).toBe(true);
});

test("a batch ends before it is too large; one append that is larger by itself goes alone", () => {
	const waiting = new WaitingAppends();
	const mebibyte = "x".repeat(2 ** 20);
	for (const count of [1, 1, 1, 3, 1]) void waiting.add(Array.from({ length: count }, () => of(mebibyte)));
	const sizes = [];
	while (!waiting.isEmpty) sizes.push(waiting.nextBatch().map(({ prepared }) => prepared.length));
	expect(sizes).toEqual([[1, 1], [1], [3], [1]]);
});

test("where ten thousand wait already, the next is told, and gets its turn once some have gone", () => {
	const waiting = new WaitingAppends();
	for (let i = 0; i < 10_000; i++) void waiting.add([of("x")]);
	expect(() => waiting.add([of("x")])).toThrow(expect.objectContaining({ code: "lock-busy" }));
	waiting.nextBatch();
	void waiting.add([of("x")]);
	expect(waiting.isEmpty).toBe(false);
});

function of(body: string): Prepared {
	return { draft: aDraft(), body };
}
