import { type ChangeRecords, findChange, type KnownChange } from "@shopfloor/core/person";
import { misuse } from "../failure.ts";
import { severalChanges, unknownChange } from "./messages.ts";

export function changeNamed(word: string, records: ChangeRecords): KnownChange {
	const found = findChange(word, records);
	if (found.kind === "change") return found.change;
	throw misuse(found.kind === "several" ? severalChanges(word, found.ids) : unknownChange(word, records));
}
