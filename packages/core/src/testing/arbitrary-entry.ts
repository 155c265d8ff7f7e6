/**
 * Random entries of every type, made from the schemas themselves, so that a new type or field is in the tests the
 * moment it exists. Names and ids come from a small pool: only entries that are about the same thing meet in the fold.
 */
import fc from "fast-check";
import type { z } from "zod";
import { instant } from "../io/clock.ts";
import { crewEntries } from "../model/entry/crew.ts";
import { CriterionName, Id, Name, ServedBy } from "../model/entry/fields.ts";
import { processEntries } from "../model/entry/process.ts";
import { workEntries } from "../model/entry/work.ts";
import type { Draft, Entry, EntryType } from "../model/entry.ts";

type Shape = Readonly<Record<string, z.ZodType>>;
const shapes: Readonly<Record<string, Shape>> = { ...processEntries, ...workEntries, ...crewEntries };

/** Every type but `checkpoint`, which only the floor writes. */
export const draftTypes = Object.keys(shapes) as readonly EntryType[];

const names = ["ralph-1", "ralph-2", "all", "coder", "constructor"];
const ids = ["1", "2", "10", "c0ffee", "__proto__", "toString", "a\u2028b"];

export function arbitraryDraft(...types: readonly EntryType[]): fc.Arbitrary<Draft> {
	const wanted = types.length === 0 ? draftTypes : types;
	return fc.oneof(
		...wanted.map((type) =>
			fc.record(
				{ type: fc.constant(type), by: fc.constantFrom(...names), data: dataOf(shapes[type] ?? {}), id: text(1, 120) },
				{ requiredKeys: ["type", "by", "data"] },
			),
		),
	) as fc.Arbitrary<Draft>;
}

/** A history as a log holds it: numbered, at times that go forwards for the most part. */
export function arbitraryHistory(options: { readonly maxLength: number }): fc.Arbitrary<Entry[]> {
	const hour = 3_600_000;
	const step = fc.record({ draft: arbitraryDraft(), ms: fc.integer({ min: -hour, max: 12 * hour }) });
	return fc.array(step, { ...options, size: "max" }).map((steps) => {
		let at = Date.UTC(2026, 0, 31);
		return steps.map(({ draft, ms }, index) => {
			at += ms;
			return { ...draft, seq: index + 1, ts: instant(at), prev: "0".repeat(64) } as Entry;
		});
	});
}

function dataOf(shape: Shape): fc.Arbitrary<unknown> {
	const fields = Object.entries(shape);
	const required = fields.filter(([, schema]) => defOf(schema).type !== "optional").map(([name]) => name);
	return fc.record(Object.fromEntries(fields.map(([name, schema]) => [name, anyOf(schema)])), {
		requiredKeys: required,
	});
}

/** What is used of zod's description of a schema. */
interface Def {
	readonly type: string;
	readonly format?: string;
	readonly checks?: readonly {
		readonly _zod: { readonly def: { check: string; minimum?: number; maximum?: number } };
	}[];
	readonly innerType?: z.ZodType;
	readonly element?: z.ZodType;
	readonly keyType?: z.ZodType;
	readonly valueType?: z.ZodType;
	readonly shape?: Shape;
	readonly entries?: Readonly<Record<string, string>>;
}

function defOf(schema: z.ZodType): Def {
	return schema._zod.def as unknown as Def;
}

function anyOf(schema: z.ZodType): fc.Arbitrary<unknown> {
	if (schema === Name || schema === ServedBy || schema === CriterionName) return fc.constantFrom(...names);
	if (schema === Id) return fc.constantFrom(...ids);
	const def = defOf(schema);
	const inner = (one: z.ZodType | undefined) => anyOf(one as z.ZodType);
	switch (def.type) {
		case "optional":
			return inner(def.innerType);
		case "nullable":
			return fc.option(inner(def.innerType));
		case "string":
			return def.format === "datetime" ? someInstant() : text(limit(def, "minimum", 0), limit(def, "maximum", 50));
		case "number":
			return number(def);
		case "boolean":
			return fc.boolean();
		case "enum":
			return fc.constantFrom(...Object.values(def.entries ?? {}));
		case "array":
			return fc.array(inner(def.element), { maxLength: Math.min(3, limit(def, "maximum", 3)) });
		case "record":
			return fc.dictionary(text(1, 10), inner(def.valueType), { maxKeys: 3 });
		case "object":
			return dataOf(def.shape ?? {});
		default:
			throw new Error(`no values are known for a field of type ${def.type}; teach them here`);
	}
}

function limit(def: Def, which: "minimum" | "maximum", otherwise: number): number {
	const found = def.checks?.map((check) => check._zod.def[which]).find((value) => value !== undefined);
	return found ?? otherwise;
}

function number(def: Def): fc.Arbitrary<number> {
	const range = { min: 0, max: 9 };
	return def.format === "safeint" ? fc.integer(range) : fc.double({ ...range, noNaN: true });
}

/** Any characters, those that are dangerous in a terminal or a line among them; mostly short. */
function text(minLength: number, maxLength: number): fc.Arbitrary<string> {
	return fc.string({ unit: "binary", minLength, maxLength: Math.max(minLength, Math.min(maxLength, 20)) });
}

function someInstant(): fc.Arbitrary<string> {
	return fc.integer({ min: 0, max: Date.UTC(2099, 0, 1) }).map(instant);
}
