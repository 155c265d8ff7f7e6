import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aTask } from "../testing/a-task.ts";
import { arbitraryDraft } from "../testing/arbitrary-entry.ts";
import { crewEntries } from "./entry/crew.ts";
import { Count, Id, Instant, Name, Sentence, Usd } from "./entry/fields.ts";
import { processEntries } from "./entry/process.ts";
import { workEntries } from "./entry/work.ts";
import type { EntryType } from "./entry.ts";
import { LeaseRecord } from "./lease-record.ts";
import { quickCheck } from "./quick-check.ts";
import { ReviewQueue } from "./review-queue.ts";
import { TaskQueue } from "./task-queue.ts";

const fields = {
	Count,
	Id,
	Instant,
	Name,
	Sentence,
	Usd,
	flag: z.boolean(),
	kind: z.enum(["a", "b"]),
	any: z.unknown(),
};
const schemas: Readonly<Record<string, z.ZodType>> = {
	...fields,
	...each("nullable", (schema) => schema.nullable()),
	...each("optional", (schema) => schema.optional()),
	...each("list", (schema) => z.array(schema).max(3)),
	...each("object", (schema) => z.object({ it: schema })),
	...each("strict", (schema) => z.strictObject({ it: schema, other: schema.optional() })),
	...each("loose", (schema) => z.looseObject({ it: schema })),
};

function each(name: string, make: (schema: z.ZodType) => z.ZodType): Record<string, z.ZodType> {
	return Object.fromEntries(Object.entries(fields).map(([of, schema]) => [`${name} ${of}`, make(schema)]));
}

/** Near misses, because what is far off is refused by anybody. */
const values = fc.letrec((tie) => ({
	any: fc.oneof(
		{ depthSize: "small" },
		fc.constantFrom<unknown>(
			...[undefined, null, true, "", "a", "b", "A", "ralph-1", "x".repeat(80), "x".repeat(81), "x".repeat(121)],
			...["2026-01-31T08:00:00.000Z", "2026-02-31T08:00:00.000Z", "2026-01-31T08:00:00Z", "x".repeat(2_001)],
			...[0, -0, 1, -1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 10n, new Date(0), []],
		),
		fc.array(tie("any"), { maxLength: 4 }),
		fc.constantFrom(new Array(2), JSON.parse('{"it":"a","__proto__":1}')),
		fc.record({ it: tie("any"), other: tie("any"), more: tie("any") }, { requiredKeys: [] }),
	),
})).any;

describe("a quick yes is never given to what zod refuses or changes:", () => {
	test.each(Object.entries(schemas))("%s", (_name, schema) => {
		const fits = quickCheck(schema);
		fc.assert(
			fc.property(values, (value) => {
				if (fits(value)) expect(schema.safeParse(value)).toEqual({ success: true, data: value });
			}),
			{ numRuns: 500 },
		);
	});
});

/** Its findings may carry any measure by name; zod is asked for those. */
const withRecords = ["doctor_analysis"];
const shapes = Object.entries({ ...processEntries, ...workEntries, ...crewEntries });

test.each(shapes.filter(([type]) => !withRecords.includes(type)))(
	"an honest %s gets one, so that zod is asked for the words and not for the verdict",
	(type, shape) => {
		const fits = quickCheck(z.strictObject(shape));
		fc.assert(
			fc.property(arbitraryDraft(type as EntryType), ({ data }) => {
				expect(fits(data)).toBe(true);
				expect(fits({ ...data, unheardOf: 1 })).toBe(false);
			}),
		);
	},
);

const at = "2026-01-31T08:00:00.000Z";
const change = { task: null, branch: "crew/c1", commit: "abc", base: "def", title: "repair the parser", reasons: [] };
test.each<[string, z.ZodType, unknown]>([
	["task queue", TaskQueue, { tasks: [aTask(), aTask({ detail: "more", key: "k", request: 7, reason: "why" })] }],
	[
		"review queue",
		ReviewQueue,
		{
			changes: [{ ...change, id: "c1", status: "pending", session: "ralph-1", created: at, changed: at, attempts: 0 }],
		},
	],
	["lease", LeaseRecord, { epoch: 3, slots: [{ slot: 0, holder: "a", epoch: 3, beat: 9, ttlMs: 1_000 }] }],
])("an honest %s gets one, however long it is", (_name, schema, value) => {
	const fits = quickCheck(schema);
	expect(fits(value)).toBe(true);
	expect(fits({ ...(value as object), unheardOf: 1 })).toBe(false);
});

test("a schema with something unknown in it gets none", () => {
	for (const schema of [
		z.string().transform((text) => text.length),
		z.string().refine((text) => text === "a"),
		z.object({ it: z.string().default("a") }),
		z.string().trim(),
		z.number().multipleOf(2),
		z.string().base64(),
		z.string().min(2),
		z.exactOptional(z.string()),
	])
		expect(quickCheck(schema)("a")).toBe(false);
});
