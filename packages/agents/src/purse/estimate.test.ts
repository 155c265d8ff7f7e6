import { expect, test } from "vitest";
import { estimateUsd } from "./estimate.ts";

const million = { inputTokens: 1_000_000, cachedTokens: 0, outputTokens: 0 };

test("the table knows the models of the programs that are driven here", async () => {
	for (const model of ["claude-sonnet-4-5", "claude-haiku-4-5-20251001", "gpt-5-codex"]) {
		const { usd, known } = await estimateUsd(model, million);
		expect(known, model).toBe(true);
		expect(usd, model).toBeGreaterThan(0.1);
		expect(usd, model).toBeLessThan(20);
	}
});

test("what was read before is cheaper, and is part of what was read", async () => {
	const all = await estimateUsd("claude-haiku-4-5", { ...million, cachedTokens: 1_000_000 });
	expect(all.usd).toBeCloseTo((await estimateUsd("claude-haiku-4-5", million)).usd / 10);
});

test.each([undefined, "", "sonnet-of-next-year", "constructor"])(
	"the model %j is taken for a dear one",
	async (model) => {
		expect(
			await estimateUsd(model, { inputTokens: 2_000_000, cachedTokens: 1_000_000, outputTokens: 1_000_000 }),
		).toEqual({
			usd: 105,
			known: false,
		});
	},
);

test("a person's own prices come first", async () => {
	const tokens = { inputTokens: 2_000_000, cachedTokens: 1_000_000, outputTokens: 1_000_000 };
	const prices = { "claude-haiku-4-5": { input: 1, output: 10 }, mine: { input: 1, cached: 0.5, output: 10 } };
	expect(await estimateUsd("claude-haiku-4-5", tokens, { prices })).toEqual({ usd: 12, known: true });
	expect(await estimateUsd("mine", tokens, { prices })).toEqual({ usd: 11.5, known: true });
});
