import fc from "fast-check";
import { expect, test } from "vitest";
import type { Usage } from "../port/outcome.ts";
import { chargeFor } from "./charge.ts";

const honest: Usage = { usd: 0.4, estimated: false, inputTokens: 1_000, cachedTokens: 200, outputTokens: 50 };
const cheap = { usd: 0.3, known: true };

test("an honest report is charged as it is", () => {
	expect(chargeFor(honest, 2, cheap)).toEqual(honest);
});

test("a call that costs more than was reserved is charged for what it cost", () => {
	expect(chargeFor({ ...honest, usd: 3 }, 2, cheap)).toMatchObject({ usd: 3, estimated: false });
});

test("where nobody knows, the reservation is charged", () => {
	expect(chargeFor(null, 2, undefined)).toEqual({
		usd: 2,
		estimated: true,
		inputTokens: 0,
		cachedTokens: 0,
		outputTokens: 0,
	});
});

test("where it was cut off before it could sum up, the dearer of what was counted and what was reserved is charged", () => {
	const cut = { ...honest, estimated: true, atLeast: true } as const;
	expect(chargeFor(cut, 2, cheap)).toMatchObject({ usd: 2, estimated: true, inputTokens: 1_000 });
	expect(chargeFor({ ...cut, usd: 3 }, 2, cheap)).toMatchObject({ usd: 3, estimated: true });
});

test.each([
	["no number", { usd: Number.NaN }, "it reported NaN dollars"],
	["endless", { usd: Number.POSITIVE_INFINITY }, "it reported Infinity dollars"],
	["negative", { usd: -1 }, "it reported -1 dollars"],
	["cents for dollars", { usd: 40 }, "it reported $40.00, and $2.00 were reserved"],
	["negative tokens", { outputTokens: -5 }, "it reported 1000 tokens read, 200 of them again, and -5 written"],
	[
		"more read again than read",
		{ cachedTokens: 9_000 },
		"it reported 1000 tokens read, 9000 of them again, and 50 written",
	],
	[
		"more than anybody reads",
		{ inputTokens: 1e9 },
		"it reported 1000000000 tokens read, 200 of them again, and 50 written",
	],
	["half a token", { inputTokens: 1_000.5 }, "it reported 1000.5 tokens read, 200 of them again, and 50 written"],
])("a report that cannot be, %s: the reservation is charged, and the doubt is told", (_what, wrong, doubt) => {
	expect(chargeFor({ ...honest, ...wrong }, 2, cheap)).toMatchObject({ usd: 2, estimated: true, doubt });
});

test("the tokens count where they come to more than was reserved", () => {
	expect(chargeFor({ ...honest, usd: -1 }, 2, { usd: 5, known: true })).toMatchObject({ usd: 5, inputTokens: 1_000 });
});

test("far too little for so many tokens is not believed, but only where the price is known", () => {
	const dear = { usd: 1, known: true };
	expect(chargeFor({ ...honest, usd: 0.05 }, 2, dear).doubt).toBe("it reported $0.05 for tokens that cost about $1.00");
	expect(chargeFor({ ...honest, usd: 0.05 }, 2, { ...dear, known: false })).toMatchObject({ usd: 0.05 });
	expect(chargeFor({ ...honest, usd: 0.2 }, 2, dear)).toMatchObject({ usd: 0.2 });
	expect(chargeFor({ ...honest, usd: 0 }, 2, { usd: 0.009, known: true })).toMatchObject({ usd: 0 });
});

test("what was to be free and reports a price is charged that", () => {
	expect(chargeFor(honest, 0, undefined)).toEqual(honest);
	expect(chargeFor({ ...honest, usd: 0 }, 0, undefined)).toMatchObject({ usd: 0 });
});

test("whatever is reported, the charge is one that the log takes, and nothing beside it", () => {
	const anything = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e308, 2 ** 53));
	const report = fc.record({
		usd: anything,
		estimated: fc.boolean(),
		inputTokens: anything,
		cachedTokens: anything,
		outputTokens: anything,
		more: anything,
	});
	fc.assert(
		fc.property(report, fc.double({ min: 0, max: 100, noNaN: true }), (usage, reserved) => {
			const { doubt: _doubt, ...charge } = chargeFor(usage, reserved, undefined);
			const { usd, estimated: _estimated, ...tokens } = charge;
			expect(usd >= 0 && Number.isFinite(usd)).toBe(true);
			expect(Object.keys(tokens).sort()).toEqual(["cachedTokens", "inputTokens", "outputTokens"]);
			for (const count of Object.values(tokens)) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
		}),
	);
});
