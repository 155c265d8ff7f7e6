/**
 * Twenty changes of the project, each on a branch of its own: fifteen that are good, and five that are bad in different
 * ways. One of the bad is bad only together with one of the good, and one conflicts with one of them; both come later, so
 * that there is one right answer.
 */

/** `files` of a change: its path and text; null takes a file away. `wanted` is what must become of it. */
export function changesOf(files) {
	const edit = (path, ...edits) => [path, edited(files[path], path, edits)];
	return [
		good("refactor-a-view", [
			edit("src/view/cart.ts", ["padded(cart.name, 12)", "padded(cart.name, nameWidth)"], above("lineOfCart", width)),
		]),
		good("count-by-state", [
			edit("src/service/grant.ts", atEnd(countIn("grant", "Grant"))),
			edit("src/service/grant.test.ts", ...testAtEnd(countInTest("grant", "Grant"))),
		]),
		good("widen-an-id", [edit("src/base/branded.ts", ["Id<Name extends string>", "Id<Name extends string = string>"])]),
		bad("type-error", [edit("src/view/lease.ts", above("lineOfLease", code("Lease")))]),
		good("group-by-state", [
			edit("src/store/route.ts", [
				"\tworth(): Money {",
				"\tstates(): readonly RouteState[] {\n\t\treturn [...this.by(({ state }) => state).keys()];\n\t}\n\n\tworth(): Money {",
			]),
			["src/store/route-states.test.ts", statesTest],
		]),
		good("say-more-of-layers", [edit("docs/layers.md", ["below.\n", "below. Tests lie beside what they test.\n"])]),
		good("shorten-texts", [edit("src/base/text.ts", atEnd(shortened)), ["src/base/text.test.ts", shortenedTest]]),
		bad("one-too-few", [edit("src/rules/meter.ts", ["count >= meterLimits", "count > meterLimits"])]),
		good("large-orders", [
			edit("src/rules/order.ts", above("nextOrderState", large)),
			["src/rules/large-order.test.ts", largeTest],
		]),
		good("find-sooner", [
			edit("src/store/dock.ts", [
				"this.where((dock) => dock.name === name)[0]",
				"this.all().find((dock) => dock.name === name)",
			]),
		]),
		bad("the-same-line", [edit("src/view/cart.ts", ["padded(cart.name, 12)", "padded(cart.name, 8 + 4)"])]),
		good("test-days-backwards", [
			edit(
				"src/base/values.test.ts",
				...testAtEnd(`test("days are counted backwards", () => {
	expect(textOf(later(dayOf("2026-03-01"), -1))).toBe("2026-02-28");
	expect(daysBetween(dayOf("2026-03-01"), dayOf("2026-02-27"))).toBe(-2);
});
`),
			),
		]),
		good("total-of-a-page", [
			edit(
				"src/base/page.ts",
				["readonly of: number;", "readonly of: number;\n\treadonly total?: number;"],
				["number: at, of }", "number: at, of, total: items.length }"],
			),
			["src/base/page.test.ts", totalTest],
		]),
		bad("nobody-groups", [
			edit(
				"src/base/table.ts",
				['import { grouped } from "./list.ts";\n', ""],
				[
					"\tby<Key>(keyOf: (row: T) => Key): Map<Key, T[]> {\n\t\treturn grouped(this.#rows.values(), keyOf);\n\t}\n\n",
					"",
				],
			),
		]),
		good("states-in-order", [
			edit("src/rules/coupon.ts", [
				"return couponStates[couponStates.indexOf(state) + 1];",
				"return couponStates.at(couponStates.indexOf(state) + 1);",
			]),
		]),
		good("describe-the-shop", [edit("README.md", ["# Shop\n", "# Shop\n\nIt has no users yet.\n"])]),
		bad("one-test-less", [
			edit("src/rules/season.ts", [
				"Math.max(0, daysBetween(since, today))",
				"Math.max(0, daysBetween(since, today) || 0)",
			]),
			edit("src/service/season.test.ts", [/\ttest\("states follow each other", [\s\S]*?\n\t\}\);\n/, ""]),
		]),
		good("name-lists-of-faults", [edit("src/base/fault.ts", atEnd(faults))]),
		good("test-a-long-list", [edit("src/base/list.test.ts", ...testAtEnd(chunksTest))]),
		good("rates", [
			["src/base/rate.ts", rate],
			["src/base/rate.test.ts", rateTest],
		]),
	];
}

function good(name, files) {
	return { name, files: Object.fromEntries(files), wanted: "landed" };
}

function bad(name, files) {
	return { name, files: Object.fromEntries(files), wanted: "not landed" };
}

function edited(text, path, edits) {
	return edits.reduce((before, [from, to]) => {
		const after = before.replace(from, typeof to === "string" ? () => to : to);
		if (after === before) throw new Error(`${path} has no ${from}`);
		return after;
	}, text);
}

function atEnd(text) {
	return [/$(?![\s\S])/, text];
}

function testAtEnd(text) {
	return [[/$(?![\s\S])/, `\n${text}`]];
}

function above(name, text) {
	return [`export function ${name}(`, `${text}\nexport function ${name}(`];
}

const width = "const nameWidth = 12;\n";
const code = (title) => `export function codeOf${title}(thing: ${title}): string {\n\treturn thing.code;\n}\n`;
const countIn = (name, title) =>
	`\nexport function countIn(${name}s: ${title}Store, state: ${title}["state"]): number {\n\treturn ${name}s.inState(state).length;\n}\n`;
const countInTest = (name, title) => `test("${name}s are counted by state", async () => {
	const { countIn } = await import("./${name}.ts");
	const store = new ${title}Store();
	store.put(${name});
	expect(countIn(store, ${name}.state)).toBe(1);
});
`;
const statesTest = `import { expect, test } from "vitest";
import { idOf } from "../base/branded.ts";
import { newRoute } from "../model/route.ts";
import { RouteStore } from "./route.ts";

test("a store tells in which states its routes are", () => {
	const store = new RouteStore();
	const route = store.put(newRoute({ id: idOf("route", 1) }));
	store.put(newRoute({ id: idOf("route", 2) }));
	expect(store.states()).toEqual([route.state]);
});
`;
const shortened = `
export function shortened(text: string, most: number): string {
	return text.length <= most ? text : \`\${text.slice(0, most - 1)}…\`;
}
`;
const shortenedTest = `import { expect, test } from "vitest";
import { shortened } from "./text.ts";

test("a long text is shortened, a short one is not", () => {
	expect(shortened("abcdef", 4)).toBe("abc…");
	expect(shortened("abcd", 4)).toBe("abcd");
});
`;
const large = `export function isLargeOrder(order: Order): boolean {
	return order.count >= orderLimits.discountFrom && worthOfOrder(order).cents > 0;
}
`;
const largeTest = `import { expect, test } from "vitest";
import { idOf } from "../base/branded.ts";
import { money } from "../base/money.ts";
import { newOrder } from "../model/order.ts";
import { isLargeOrder, orderLimits } from "./order.ts";

test("an order is large from where a discount is given, unless it is worth nothing", () => {
	const order = newOrder({ id: idOf("order", 1), count: orderLimits.discountFrom });
	expect(isLargeOrder(order)).toBe(true);
	expect(isLargeOrder({ ...order, count: order.count - 1 })).toBe(false);
	expect(isLargeOrder({ ...order, price: money(0) })).toBe(false);
});
`;
const totalTest = `import { expect, test } from "vitest";
import { pageOf } from "./page.ts";

test("a page tells how many there are in all", () => {
	expect(pageOf([1, 2, 3], 1, 2).total).toBe(3);
});
`;
const faults = `
export type Faults<Field extends PropertyKey = string> = readonly Fault<Field>[];
`;
const chunksTest = `test("the last part of a list may be shorter", () => {
	expect(chunks([1, 2, 3, 4, 5, 6, 7], 3).map((part) => part.length)).toEqual([3, 3, 1]);
});
`;
const rate = `import { type Money, times } from "./money.ts";

export interface Rate {
	readonly percent: number;
}

export function interest(amount: Money, { percent }: Rate, years: number): Money {
	return times(amount, (1 + percent / 100) ** years - 1);
}
`;
const rateTest = `import { expect, test } from "vitest";
import { money } from "./money.ts";
import { interest } from "./rate.ts";

test("interest is paid on interest", () => {
	expect(interest(money(10_000), { percent: 10 }, 2)).toEqual(money(2_100));
	expect(interest(money(10_000), { percent: 10 }, 0)).toEqual(money(0));
});
`;
