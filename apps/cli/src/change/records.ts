import type { FileFloor } from "@shopfloor/core/io";
import { misuse } from "../failure.ts";
import {
	type ChangeRecords,
	entriesAbout,
	findChange,
	type KnownChange,
	severalChanges,
	unknownChange,
} from "./known-change.ts";

export async function changeRecords({ reviews, log }: Pick<FileFloor, "reviews" | "log">): Promise<ChangeRecords> {
	const { changes } = (await reviews.read()).value;
	return { queue: changes, entries: await log.last(entriesMax, { type: entriesAbout }) };
}

/** Some thousand changes with all that was said of them: weeks of a busy factory. */
const entriesMax = 10_000;

export function changeNamed(word: string, records: ChangeRecords): KnownChange {
	const found = findChange(word, records);
	if (found.kind === "change") return found.change;
	throw misuse(found.kind === "several" ? severalChanges(word, found.ids) : unknownChange(word, records));
}
