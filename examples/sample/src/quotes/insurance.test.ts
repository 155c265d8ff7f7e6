import { expect, test } from "vitest";
import { coverCents, premiumCents } from "./insurance.js";

const insured = { customer: "c-1", insurance: { insurer: "Anker", coverCents: 250_000 } };

test("a contract covers what it says", () => {
	expect(coverCents(insured)).toBe(250_000);
});

test("a premium is a percent, and nothing without insurance", () => {
	expect(premiumCents(insured)).toBe(2_500);
	expect(premiumCents({ customer: "c-2" })).toBe(0);
});
