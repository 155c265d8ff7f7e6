import fc from "fast-check";
import { expect, test } from "vitest";
import { aTask } from "../testing/a-task.ts";
import { claimsOf, type Holders, heldFiles, meets } from "./claims.ts";
import type { Change } from "./review-queue.ts";

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

test("held is what running sessions are at, what is assigned, and what is on its way to the base", () => {
	expect(heldFiles(holders)).toEqual([
		"assigned.ts",
		"at-1.ts",
		"at-2.ts",
		"of-approved.ts",
		"of-asked.ts",
		"of-landing.ts",
		"of-pending.ts",
		"of-reviewing.ts",
	]);
});

test("who asks is not kept from what it has in hand, and is from its own open changes", () => {
	const left = heldFiles(holders, "ralph-1");
	expect(left).not.toContain("at-1.ts");
	expect(left).not.toContain("assigned.ts");
	expect(left).toEqual(expect.arrayContaining(["at-2.ts", "of-pending.ts"]));
});

const cycle = { cycle: 1, step: "hack", began: "", task: null, at: "", seq: 1 } as const;

const holders: Holders = {
	cycles: {
		"ralph-1": { ...cycle, files: ["at-1.ts"] },
		"ralph-2": { ...cycle, files: ["at-2.ts"] },
		"ralph-3": { ...cycle, files: ["at-3.ts"] },
	},
	tasks: [
		aTask({ status: "assigned", session: "ralph-1", files: ["assigned.ts"] }),
		aTask({ status: "waiting", files: ["waiting.ts"] }),
	],
	changes: [
		...(["pending", "reviewing", "approved", "landing", "landed", "rejected", "missing", "poisonous"] as const).map(
			(status) => aChange({ status, files: [`of-${status}.ts`] }),
		),
		aChange({ status: "asked", approval: "a-1", files: ["of-asked.ts"] }),
		aChange({ status: "asked", files: ["of-parked.ts"] }),
		aChange({ status: "pending" }),
	],
	sessions: ["ralph-1", "ralph-2"],
};

function aChange(patch: Partial<Change>): Change {
	const at = "2026-01-31T08:00:00.000Z";
	const commits = { branch: "b", commit: "1", base: "0" };
	const rest = { title: "x", created: at, changed: at, attempts: 0, reasons: [] };
	return { id: "c-1", status: "pending", session: "ralph-1", task: null, ...commits, ...rest, ...patch };
}
