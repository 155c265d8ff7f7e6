import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChangeStatus, changeTransitions } from "./review-queue.ts";
import { TaskStatus, taskTransitions } from "./task-queue.ts";
import { type Transitions, unlawful } from "./transitions.ts";

describe.each<[string, Transitions<string>, string, readonly string[]]>([
	["a task", taskTransitions, "waiting", TaskStatus.options],
	["a change", changeTransitions, "pending", ChangeStatus.options],
])("%s", (_what, table, first, statuses) => {
	test.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
		"going from %s to %s is lawful if the table says so, or if nothing moves",
		(from, to) => {
			const lawful = from === to || (table[from] ?? []).includes(to);
			const faults = unlawful(table, first, [{ id: "1", status: from }], [{ id: "1", status: to }]);
			expect(faults).toEqual(lawful ? [] : [expect.stringContaining(`1 cannot go from ${from} to ${to}`)]);
		},
	);

	test.each(statuses)("of status %s may leave the queue if it is decided, and may only come if it is new", (status) => {
		const decided = (table[status] ?? []).length === 0;
		expect(unlawful(table, first, [{ id: "1", status }], [])).toHaveLength(decided ? 0 : 1);
		expect(unlawful(table, first, [], [{ id: "1", status }])).toHaveLength(status === first ? 0 : 1);
	});

	test("every status can be reached, and from every status an end", () => {
		expect(reached(table, [first])).toEqual(new Set(statuses));
		for (const status of statuses)
			expect([...reached(table, [status])].some((one) => (table[one] ?? []).length === 0)).toBe(true);
	});

	test("a list changes lawfully if each of its items does and none stands twice", () => {
		const items = fc.array(fc.record({ id: fc.constantFrom("1", "2", "3"), status: fc.constantFrom(...statuses) }), {
			maxLength: 4,
		});
		const current = fc.uniqueArray(
			fc.record({ id: fc.constantFrom("1", "2", "3"), status: fc.constantFrom(...statuses) }),
			{
				selector: ({ id }) => id,
			},
		);
		fc.assert(
			fc.property(current, items, (before, after) => {
				const ids = after.map(({ id }) => id);
				const lawful =
					new Set(ids).size === ids.length &&
					[...before, ...after].every(({ id }) => {
						const one = (list: typeof before) => list.filter((item) => item.id === id);
						return unlawful(table, first, one(before), one(after)).length === 0;
					});
				expect(unlawful(table, first, before, after).length === 0).toBe(lawful);
			}),
		);
	});
});

function reached(table: Transitions<string>, from: readonly string[]): Set<string> {
	const met = new Set<string>();
	const left = [...from];
	for (let status = left.pop(); status !== undefined; status = left.pop()) {
		if (met.has(status)) continue;
		met.add(status);
		left.push(...(table[status] ?? []));
	}
	return met;
}
