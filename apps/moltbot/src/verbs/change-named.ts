import { type ChangeRecords, changeRecords, findChange, type KnownChange } from "@shopfloor/core/person";
import type { Rich } from "../chat/rich.ts";
import * as say from "./messages.ts";
import type { Scene } from "./scene.ts";

export type Named =
	| { readonly kind: "change"; readonly change: KnownChange; readonly records: ChangeRecords }
	/** What to say instead. */
	| { readonly kind: "none"; readonly text: Rich };

/** By its id, its branch, or the beginning of its commit. */
export async function changeNamed({ world: { floor } }: Scene, word: string): Promise<Named> {
	const records = await changeRecords(floor);
	const found = findChange(word, records);
	switch (found.kind) {
		case "change":
			return { ...found, records };
		case "several":
			return { kind: "none", text: say.severalChanges(word, found.ids) };
		case "none":
			return { kind: "none", text: say.unknownChange(word) };
	}
}
