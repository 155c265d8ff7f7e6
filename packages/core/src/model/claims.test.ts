import fc from "fast-check";
import { expect, test } from "vitest";
import { claimsOf, meets } from "./claims.ts";

test.each([
	["src/a.ts", "src/a.ts", true],
	["src/a.ts", "src/b.ts", false],
	["src", "src/deep/a.ts", true],
	["src/", "./src/a.ts", true],
	["src/**", "src/a.ts", true],
	["src/*.test.ts", "src/a.ts", true],
	["src/a", "src/ab.ts", false],
	[".", "anything.ts", true],
	["", "anything.ts", true],
	["constructor", "toString", false],
])("%j and %j: the one meets the other is %j, and the other way round", (one, other, isMet) => {
	expect(meets(claimsOf([one]), other)).toBe(isMet);
	expect(meets(claimsOf([other]), one)).toBe(isMet);
});

test("where nothing is claimed nothing is met", () => {
	expect(meets(claimsOf([]), "src/a.ts")).toBe(false);
	expect(meets(claimsOf([]), ".")).toBe(false);
});

test("many claims are met where one of them is", () => {
	const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
	fc.assert(
		fc.property(fc.array(path, { maxLength: 5 }), path, (claimed, file) => {
			const isOne = claimed.some(
				(claim) => claim === file || claim.startsWith(`${file}/`) || file.startsWith(`${claim}/`),
			);
			expect(meets(claimsOf(claimed), file)).toBe(isOne);
		}),
	);
});
