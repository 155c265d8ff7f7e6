import fc from "fast-check";
import { expect, test } from "vitest";
import { batchSize, type ChangeFacts, landingOrder } from "./order.ts";

function facts(id: string, given: Partial<ChangeFacts> & { created?: number }): ChangeFacts {
	const { created = 0, ...rest } = given;
	return {
		change: { id, branch: id, commit: id, created },
		behind: 0,
		lines: 1,
		files: [],
		alone: false,
		conflicts: 0,
		...rest,
	};
}

test.each([
	["who conflicts with fewer", { conflicts: 0, behind: 9 }, { conflicts: 1, behind: 0 }],
	["who knows the base better", { behind: 1, created: 9 }, { behind: 2, created: 0 }],
	["who waits longer", { created: 1, lines: 100 }, { created: 2, lines: 1 }],
	["the smaller one", { lines: 1 }, { lines: 2 }],
	["the one whose name comes first", {}, {}],
])("first goes %s", (_, first, second) => {
	expect([facts("b", second), facts("a", first)].sort(landingOrder).map(({ change }) => change.id)).toEqual(["a", "b"]);
});

test("the order is the same however the changes came in", () => {
	const some = fc.record({ conflicts: fc.nat(2), behind: fc.nat(2), created: fc.nat(2), lines: fc.nat(2) });
	const all = fc.array(some, { maxLength: 8 }).map((list) => list.map((given, index) => facts(`c${index}`, given)));
	fc.assert(
		fc.property(
			all.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
			([list, shuffled]) => {
				expect([...shuffled].sort(landingOrder)).toEqual([...list].sort(landingOrder));
			},
		),
	);
});

test.each([
	[{ bad: 0, of: 0 }, 16],
	[{ bad: 0, of: 50 }, 16],
	[{ bad: 2, of: 50 }, 16],
	[{ bad: 5, of: 50 }, 9],
	[{ bad: 10, of: 50 }, 5],
	[{ bad: 25, of: 50 }, 1],
	[{ bad: 50, of: 50 }, 1],
])("with %o bad of late, a batch has %i changes", (recentlyBad, size) => {
	expect(batchSize(recentlyBad)).toBe(size);
});
