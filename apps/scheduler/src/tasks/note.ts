/** Where the scheduler remembers the queue's affairs. */
import type { Seq } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import { atFirst, type Note } from "./remembered.ts";

const key = "notes/scheduler-tasks";

export async function readNote({ floor }: World, seq: Seq): Promise<Note> {
	const { value } = await floor.records.get(key);
	return (value as Note | undefined) ?? { remembered: atFirst(seq), step: null };
}

export async function writeNote({ floor }: World, note: Note): Promise<void> {
	await floor.records.update(key, () => note);
}
