import { fakeClock } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { Buckets } from "./buckets.ts";

test("so many may come at once, and then one each time that there is room again", async () => {
	const clock = fakeClock();
	const buckets = new Buckets(clock, 60);
	expect(Array.from({ length: 61 }, () => buckets.take("ci") === 0).filter(Boolean)).toHaveLength(60);
	expect(buckets.take("ci")).toBe(1_000);
	expect(buckets.take("phone")).toBe(0);
	await clock.advance(1_000);
	expect([buckets.take("ci"), buckets.take("ci")]).toEqual([0, 1_000]);
});

test("however many come, no more are remembered than there is room for, and the last ones are", () => {
	const buckets = new Buckets(fakeClock(), 1);
	for (let who = 0; who < 5_000; who++) buckets.take(String(who));
	expect(buckets.take("4999")).toBeGreaterThan(0);
	expect(buckets.take("0")).toBe(0);
});
