/**
 * The log's vocabulary: every type of entry, and the schema of its data.
 *
 * Strict in what is written: a draft with an unknown key or a wrong value never reaches the file.
 * Tolerant in what is read: a type or a key that a newer version added is passed over and counted, because a
 * process of yesterday must be able to live beside one of tomorrow while the factory is upgraded.
 */
import { z } from "zod";
import { crewEntries } from "./entry/crew.ts";
import { Count, Id, Seq as SeqField } from "./entry/fields.ts";
import { processEntries } from "./entry/process.ts";
import { workEntries } from "./entry/work.ts";
import { quickCheck } from "./quick-check.ts";

const shapes = {
	...processEntries,
	...workEntries,
	...crewEntries,
	/** First entry of a segment. Holds the folded state of everything before it. */
	checkpoint: {
		through: SeqField,
		entries: Count,
		sealed: z.string().max(200),
		state: z.record(z.string(), z.unknown()),
	},
};

export type EntryType = keyof typeof shapes;
export type DataOf<T extends EntryType> = z.infer<z.ZodObject<(typeof shapes)[T]>>;

/** Position in the log. The first entry has seq 1; 0 stands for "before everything". */
export type Seq = number;

/** What a process asks to have written. */
export type Draft = {
	[T in EntryType]: {
		readonly type: T;
		readonly by: string;
		readonly data: DataOf<T>;
		/** A second append with the same id writes nothing and returns the entry that stands. */
		readonly id?: string;
	};
}[EntryType];

/** What stands in the log. */
export type Entry = {
	[T in EntryType]: {
		readonly seq: Seq;
		readonly ts: string;
		readonly type: T;
		readonly by: string;
		readonly data: DataOf<T>;
		readonly id?: string;
		/** Hash of the line before. */
		readonly prev: string;
	};
}[EntryType];

export const entryTypes = Object.keys(shapes) as readonly EntryType[];

export function isEntryType(type: string): type is EntryType {
	return Object.hasOwn(shapes, type);
}

const By = z
	.string()
	.min(1)
	.max(80)
	.regex(/^[\w.:@/-]+$/, "letters, digits and . : @ / _ -");

const strict = compile((shape) => z.strictObject(shape));
const tolerant = compile((shape) => z.looseObject(shape));

export type DraftFault = { readonly at: string; readonly message: string };

/** Every fault of a draft; none means that it may be written. */
export function draftFaults(draft: { type: string; by: string; data: unknown; id?: string | undefined }): DraftFault[] {
	if (!isEntryType(draft.type)) return [{ at: "type", message: `"${draft.type}" is not a type of entry` }];
	if (isBy(draft.by) && (draft.id === undefined || isId(draft.id)) && strict(draft.type).fits(draft.data)) return [];
	const faults: DraftFault[] = [];
	collect(By.safeParse(draft.by), "by");
	if (draft.id !== undefined) collect(Id.safeParse(draft.id), "id");
	collect(strict(draft.type).schema.safeParse(draft.data), "data");
	return faults;

	function collect(result: z.ZodSafeParseResult<unknown>, at: string): void {
		for (const issue of result.error?.issues ?? [])
			faults.push({ at: [at, ...issue.path.map(String)].join("."), message: issue.message });
	}
}

/** The data of a read line, or undefined when it does not fit its type. */
export function readData(type: EntryType, data: unknown): DataOf<EntryType> | undefined {
	const { fits, schema } = tolerant(type);
	if (fits(data)) return data as DataOf<EntryType>;
	const result = schema.safeParse(data);
	return result.success ? (result.data as DataOf<EntryType>) : undefined;
}

const isBy = quickCheck(By);
const isId = quickCheck(Id);

interface Compiled {
	readonly schema: z.ZodType;
	readonly fits: (data: unknown) => boolean;
}

/** Schemas are built on first use: a process meets only a few of the types, and each costs start-up time. */
function compile(make: (shape: z.core.$ZodLooseShape) => z.ZodType): (type: EntryType) => Compiled {
	const made = new Map<EntryType, Compiled>();
	return (type) => {
		let compiled = made.get(type);
		if (compiled === undefined) {
			const schema = make(shapes[type]);
			compiled = { schema, fits: quickCheck(schema) };
			made.set(type, compiled);
		}
		return compiled;
	};
}
