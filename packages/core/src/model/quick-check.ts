/**
 * A quick "yes" for the schemas that every entry passes through, written and read. zod answers by building a copy of
 * the value, with an object and a list for each field; for a batch of entries that costs more than all the rest of an
 * append. Nearly every value is good, and to see that takes a comparison for each field.
 *
 * It is not a second opinion: it reads zod's own description of the schema, says yes only where zod accepts the value
 * and hands it back as it is, and knows nothing about the other cases. Whoever gets no "yes" asks zod, which also has
 * the words for what is wrong.
 */
import type { z } from "zod";

type Check = (value: unknown) => boolean;

/** What is used of zod's description of a schema, and of a check that is added to one. */
interface Def {
	readonly type: string;
	readonly check?: string;
	readonly format?: string;
	readonly pattern?: RegExp;
	readonly checks?: readonly { readonly _zod: { readonly def: CheckDef } }[];
	readonly entries?: Readonly<Record<string, string>>;
	readonly element?: z.ZodType;
	readonly innerType?: z.ZodType;
	readonly shape?: Readonly<Record<string, z.ZodType>>;
	readonly catchall?: z.ZodType;
}

interface CheckDef {
	readonly check: string;
	readonly format?: string;
	readonly pattern?: RegExp;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly value?: number;
	readonly inclusive?: boolean;
}

/** True only for what the schema certainly takes. */
export function quickCheck(schema: z.ZodType): Check {
	return checkOf(schema) ?? (() => false);
}

/** Undefined for a schema with something in it that is not known here. */
function checkOf(schema: z.ZodType): Check | undefined {
	// It is described as an optional, and takes no undefined.
	if (schema._zod.traits.has("$ZodExactOptional")) return undefined;
	const def = schema._zod.def as unknown as Def;
	const own = def.check === undefined ? [] : [def as CheckDef];
	const added = [...own, ...(def.checks ?? []).map((check) => check._zod.def)].map(addedCheck);
	const base = kinds[def.type]?.(def);
	if (base === undefined || added.includes(undefined)) return undefined;
	return all([base, ...(added as Check[])]);
}

const kinds: Readonly<Record<string, (def: Def) => Check | undefined>> = {
	string: () => (value) => typeof value === "string",
	number: () => (value) => Number.isFinite(value),
	boolean: () => (value) => typeof value === "boolean",
	// A key that is missing is one that zod misses.
	unknown: () => (value) => value !== undefined,
	enum: ({ entries = {} }) => {
		const values = new Set<unknown>(Object.values(entries));
		// Of an enum with numbers, their names backwards are entries too.
		return Object.values(entries).every((one) => typeof one === "string") ? (value) => values.has(value) : undefined;
	},
	nullable: (def) => orElse(def, null),
	optional: (def) => orElse(def, undefined),
	array: ({ element }) => {
		const each = element && checkOf(element);
		if (each === undefined) return undefined;
		return (value) => {
			if (!Array.isArray(value)) return false;
			// `every` would pass over holes.
			for (let i = 0; i < value.length; i++) if (!each(value[i])) return false;
			return true;
		};
	},
	object: objectCheck,
};

function orElse({ innerType }: Def, instead: null | undefined): Check | undefined {
	const inner = innerType && checkOf(innerType);
	return inner && ((value) => value === instead || inner(value));
}

/** Keys that are not in the shape are let through only where zod keeps them. */
function objectCheck({ shape = {}, catchall }: Def): Check | undefined {
	const names = Object.keys(shape);
	const checks = names.map((name) => checkOf(shape[name] as z.ZodType));
	if (checks.includes(undefined)) return undefined;
	const known = new Set(names);
	const open = catchall?._zod.def.type === "unknown";
	return (value) => {
		if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
		for (let i = 0; i < names.length; i++)
			if (!checks[i]?.((value as Record<string, unknown>)[names[i] as string])) return false;
		if (open) return !Object.hasOwn(value, "__proto__");
		for (const name in value) if (!known.has(name)) return false;
		return true;
	};
}

function addedCheck({
	check,
	format,
	pattern,
	minimum = 0,
	maximum = 0,
	value = 0,
	inclusive,
}: CheckDef): Check | undefined {
	switch (check) {
		case "min_length":
			// Of a text zod counts code points, of which there may be fewer.
			return minimum > 1 ? undefined : (text) => (text as string).length >= minimum;
		case "max_length":
			return (text) => (text as string).length <= maximum;
		case "greater_than":
			return inclusive ? (number) => (number as number) >= value : undefined;
		case "less_than":
			return inclusive ? (number) => (number as number) <= value : undefined;
		case "number_format":
			return format === "safeint" ? Number.isSafeInteger : undefined;
		case "string_format":
			// Of other formats the pattern is not all.
			return pattern && (format === "regex" || format === "datetime") && !pattern.global && !pattern.sticky
				? (text) => pattern.test(text as string)
				: undefined;
		default:
			return undefined;
	}
}

function all([first, ...rest]: readonly [Check, ...Check[]]): Check {
	const [second, ...others] = rest;
	if (second === undefined) return first;
	const then = all([second, ...others]);
	return (value) => first(value) && then(value);
}
