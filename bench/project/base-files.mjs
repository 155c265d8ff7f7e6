// The lowest layer: what every module of the project is built on, and the tests of it.

export const baseFiles = {
	"src/base/branded.ts": `declare const brand: unique symbol;

export type Branded<T, Name extends string> = T & { readonly [brand]: Name };
export type Id<Name extends string> = Branded<string, Name>;

export function idOf<Name extends string>(name: Name, number: number): Id<Name> {
	return \`\${name}-\${number}\` as Id<Name>;
}

export function numberOf(id: Id<string>): number {
	return Number(id.slice(id.lastIndexOf("-") + 1));
}
`,
	"src/base/result.ts": `export type Result<T, E> = Ok<T> | Failed<E>;

export interface Ok<T> {
	readonly ok: true;
	readonly value: T;
}

export interface Failed<E> {
	readonly ok: false;
	readonly error: E;
}

export function ok<T>(value: T): Ok<T> {
	return { ok: true, value };
}

export function failed<E>(error: E): Failed<E> {
	return { ok: false, error };
}

export function map<T, U, E>(result: Result<T, E>, change: (value: T) => U): Result<U, E> {
	return result.ok ? ok(change(result.value)) : result;
}

export function andThen<T, U, E, F>(result: Result<T, E>, next: (value: T) => Result<U, F>): Result<U, E | F> {
	return result.ok ? next(result.value) : result;
}

export function orElse<T, E>(result: Result<T, E>, other: T): T {
	return result.ok ? result.value : other;
}
`,
	"src/base/fault.ts": `import type { Bounds } from "./range.ts";
import { isWithin } from "./range.ts";

export interface Fault<Field extends PropertyKey = string> {
	readonly field: Field;
	readonly message: string;
}

export function fault<Field extends PropertyKey>(field: Field, message: string): Fault<Field> {
	return { field, message };
}

export function outside<Field extends PropertyKey>(field: Field, value: number, bounds: Bounds): Fault<Field>[] {
	return isWithin(value, bounds) ? [] : [fault(field, \`\${value} is not from \${bounds.least} to \${bounds.most}\`)];
}

export function longer<Field extends PropertyKey>(field: Field, text: string, most: number): Fault<Field>[] {
	return text.length <= most ? [] : [fault(field, \`\${text.length} characters; \${most} are the limit\`)];
}
`,
	"src/base/range.ts": `export interface Bounds {
	readonly least: number;
	readonly most: number;
}

export function isWithin(value: number, { least, most }: Bounds): boolean {
	return value >= least && value <= most;
}

export function clamp(value: number, { least, most }: Bounds): number {
	return Math.min(most, Math.max(least, value));
}
`,
	"src/base/money.ts": `export type Currency = "EUR" | "USD";

export interface Money {
	readonly cents: number;
	readonly currency: Currency;
}

export function money(cents: number, currency: Currency = "EUR"): Money {
	return { cents: Math.round(cents), currency };
}

export function plus(one: Money, other: Money): Money {
	if (one.currency !== other.currency) throw new RangeError(\`\${one.currency} and \${other.currency}\`);
	return money(one.cents + other.cents, one.currency);
}

export function times({ cents, currency }: Money, factor: number): Money {
	return money(cents * factor, currency);
}

export function less(amount: Money, percent: number): Money {
	return times(amount, (100 - percent) / 100);
}

export function sumOf(amounts: readonly Money[]): Money {
	return amounts.reduce(plus, money(0, amounts[0]?.currency));
}

export function shown({ cents, currency }: Money): string {
	return \`\${(cents / 100).toFixed(2)} \${currency}\`;
}
`,
	"src/base/day.ts": `import type { Branded } from "./branded.ts";

/** Days since 1970. */
export type Day = Branded<number, "day">;

const dayMs = 24 * 60 * 60_000;

export function dayOf(text: string): Day {
	const ms = Date.parse(\`\${text}T00:00:00Z\`);
	if (Number.isNaN(ms)) throw new RangeError(\`\${text} is no day\`);
	return (ms / dayMs) as Day;
}

export function textOf(day: Day): string {
	return new Date(day * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: Day, to: Day): number {
	return to - from;
}

export function later(day: Day, days: number): Day {
	return (day + days) as Day;
}
`,
	"src/base/page.ts": `export interface Page<T> {
	readonly items: readonly T[];
	readonly number: number;
	readonly of: number;
}

export function pageOf<T>(items: readonly T[], number: number, size: number): Page<T> {
	const of = Math.max(1, Math.ceil(items.length / size));
	const at = Math.min(of, Math.max(1, number));
	return { items: items.slice((at - 1) * size, at * size), number: at, of };
}

export function isLast<T>({ number, of }: Page<T>): boolean {
	return number === of;
}
`,
	"src/base/text.ts": `export function padded(text: string, width: number): string {
	return text.padEnd(width).slice(0, width);
}

export function titled(text: string): string {
	return text === "" ? "" : text[0]?.toUpperCase() + text.slice(1);
}

export function counted(count: number, noun: string): string {
	return \`\${count} \${noun}\${count === 1 ? "" : "s"}\`;
}
`,
	"src/base/compare.ts": `export type Compare<T> = (one: T, other: T) => number;

export function by<T>(key: (item: T) => number | string): Compare<T> {
	return (one, other) => {
		const [a, b] = [key(one), key(other)];
		return a < b ? -1 : Number(a > b);
	};
}

export function down<T>(compare: Compare<T>): Compare<T> {
	return (one, other) => compare(other, one);
}

export function inTurn<T>(...all: readonly Compare<T>[]): Compare<T> {
	return (one, other) => {
		for (const compare of all) {
			const order = compare(one, other);
			if (order !== 0) return order;
		}
		return 0;
	};
}
`,
	"src/base/list.ts": `export function grouped<T, Key>(items: Iterable<T>, keyOf: (item: T) => Key): Map<Key, T[]> {
	const groups = new Map<Key, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
	const all: T[][] = [];
	for (let at = 0; at < items.length; at += size) all.push(items.slice(at, at + size));
	return all;
}

export function present<T>(items: readonly (T | null | undefined)[]): T[] {
	return items.filter((item): item is T => item !== null && item !== undefined);
}
`,
	"src/base/table.ts": `import type { Id } from "./branded.ts";
import type { Compare } from "./compare.ts";
import { grouped } from "./list.ts";

export interface Named<Name extends string> {
	readonly id: Id<Name>;
}

export class Table<T extends Named<string>> {
	readonly #rows = new Map<T["id"], T>();

	put(row: T): T {
		this.#rows.set(row.id, row);
		return row;
	}

	get(id: T["id"]): T | undefined {
		return this.#rows.get(id);
	}

	all(order?: Compare<T>): readonly T[] {
		const rows = [...this.#rows.values()];
		return order === undefined ? rows : rows.sort(order);
	}

	where(is: (row: T) => boolean): readonly T[] {
		return this.all().filter(is);
	}

	by<Key>(keyOf: (row: T) => Key): Map<Key, T[]> {
		return grouped(this.#rows.values(), keyOf);
	}

	get size(): number {
		return this.#rows.size;
	}
}
`,
	"src/base/money.test.ts": `import { describe, expect, test } from "vitest";
import { less, money, plus, shown, sumOf, times } from "./money.ts";

describe("money", () => {
	test("is added within one currency", () => {
		expect(plus(money(150), money(250))).toEqual(money(400));
		expect(() => plus(money(1, "EUR"), money(1, "USD"))).toThrow("EUR and USD");
	});

	test("is multiplied and rounded to cents", () => {
		expect(times(money(333), 0.5)).toEqual(money(167));
		expect(less(money(1_000), 15)).toEqual(money(850));
	});

	test("has a sum, also of nothing", () => {
		expect(sumOf([])).toEqual(money(0));
		expect(sumOf([money(1, "USD"), money(2, "USD")])).toEqual(money(3, "USD"));
	});

	test("is shown with its currency", () => {
		expect(shown(money(123_45))).toBe("123.45 EUR");
	});
});
`,
	"src/base/list.test.ts": `import { expect, test } from "vitest";
import { by, down, inTurn } from "./compare.ts";
import { chunks, grouped, present } from "./list.ts";
import { isLast, pageOf } from "./page.ts";

test("a list is cut into pages, and there is no page past the last", () => {
	expect(pageOf([1, 2, 3], 2, 2)).toMatchObject({ items: [3], number: 2, of: 2 });
	expect(pageOf([1, 2, 3], 9, 2).number).toBe(2);
	expect(pageOf([], 1, 2)).toMatchObject({ items: [], of: 1 });
	expect(isLast(pageOf([1, 2, 3], 1, 2))).toBe(false);
});

test("items are grouped, cut and cleared of gaps", () => {
	expect([...grouped([1, 2, 3], (item) => item % 2)]).toEqual([
		[1, [1, 3]],
		[0, [2]],
	]);
	expect(chunks([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
	expect(present([1, null, undefined, 2])).toEqual([1, 2]);
});

test("comparisons are put one behind the other", () => {
	const words = ["bb", "a", "ab"];
	expect(words.sort(inTurn(down(by((word) => word.length)), by((word) => word)))).toEqual(["ab", "bb", "a"]);
});
`,
	"src/base/values.test.ts": `import { expect, test } from "vitest";
import { idOf, numberOf } from "./branded.ts";
import { daysBetween, dayOf, later, textOf } from "./day.ts";
import { longer, outside } from "./fault.ts";
import { clamp } from "./range.ts";
import { andThen, failed, map, ok, orElse } from "./result.ts";
import { counted, padded, titled } from "./text.ts";

test("an id holds its number", () => {
	expect(numberOf(idOf("order", 12))).toBe(12);
});

test("days are counted", () => {
	expect(daysBetween(dayOf("2026-01-31"), dayOf("2026-03-01"))).toBe(29);
	expect(textOf(later(dayOf("2026-12-31"), 1))).toBe("2027-01-01");
	expect(() => dayOf("tomorrow")).toThrow("no day");
});

test("faults name the field", () => {
	expect(outside("count", 9, { least: 0, most: 8 })).toEqual([{ field: "count", message: "9 is not from 0 to 8" }]);
	expect(longer("name", "abc", 3)).toEqual([]);
	expect(clamp(9, { least: 0, most: 8 })).toBe(8);
});

test("a result is followed until it fails", () => {
	expect(map(ok(2), (value) => value + 1)).toEqual(ok(3));
	expect(andThen(ok(2), () => failed("no"))).toEqual(failed("no"));
	expect(orElse(failed("no"), 7)).toBe(7);
});

test("texts are padded, titled and counted", () => {
	expect(padded("abcdef", 4)).toBe("abcd");
	expect(titled("order")).toBe("Order");
	expect(counted(2, "order")).toBe("2 orders");
});
`,
};
