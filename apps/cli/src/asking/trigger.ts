/** Has a process take a turn now, and tells what came of it where that is waited for. */
import type { DataOf, Draft, Entry, EntryType } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { byOf } from "../steering/by.ts";
import type { Answerer, Presence } from "./answerer.ts";
import { ask } from "./ask.ts";

export interface Turn {
	readonly what: string;
	/** The session, where one is meant. */
	readonly subject?: string;
	readonly note?: string;
	readonly answerer: Answerer;
	/** 0 does not wait. */
	readonly waitMs: number;
	/** Of these entries, those that it wrote meanwhile are told. */
	readonly tells?: readonly EntryType[];
}

export interface Triggered {
	readonly trigger: number;
	readonly presence: Presence;
	readonly done: DataOf<"trigger_done"> | undefined;
	/** Oldest first. */
	readonly happened: readonly Entry[];
}

/** A review or a cycle with slow models takes this long at the most; who waits longer asks the log. */
export const turnMs = 2 * 3_600_000;

export async function trigger(context: Context, floor: FileFloor, turn: Turn): Promise<Triggered> {
	const { what, subject, note, answerer, waitMs, tells = [] } = turn;
	const data = { what, source: "cli", ...(subject && { subject }), ...(note && { note }) };
	const happened: Entry[] = [];
	const { request, answer, presence } = await ask(context, floor, {
		draft: { type: "trigger", by: byOf(context.user), data } as Draft,
		answerer,
		waitMs,
		isAnswer: (entry, { seq }) => entry.type === "trigger_done" && entry.data.trigger === seq,
		meanwhile(entry) {
			if (entry.by === answerer.name && tells.includes(entry.type)) happened.push(entry);
			if (happened.length > happenedMax) happened.shift();
		},
	});
	const done = answer?.type === "trigger_done" ? answer.data : undefined;
	return { trigger: request.seq, presence, done, happened };
}

/** More than a batch of changes has to tell. */
const happenedMax = 500;
