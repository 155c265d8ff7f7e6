/** Has a process take a turn now, and tells what came of it where that is waited for. */
import type { DataOf, Entry, EntryType } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import { type Answerer, answersTrigger, type Presence, type Turn, trigger } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import { personAt } from "../person.ts";
import { awaitAnswer } from "./await-answer.ts";

export interface TurnWish extends Turn {
	readonly answerer: Answerer;
	/** 0 does not wait. */
	readonly waitMs: number;
	/** Of these entries, those that it wrote meanwhile are told. */
	readonly tells?: readonly EntryType[];
}

export interface Taken {
	readonly trigger: number;
	readonly presence: Presence;
	readonly done: DataOf<"trigger_done"> | undefined;
	/** Oldest first. */
	readonly happened: readonly Entry[];
}

export async function takeTurn(context: Context, floor: FileFloor, wish: TurnWish): Promise<Taken> {
	const { answerer, waitMs, tells = [], ...turn } = wish;
	const { entry: request } = await trigger(floor, personAt(context), turn);
	const happened: Entry[] = [];
	const { answer, presence } = await awaitAnswer(context, floor, request, {
		answerer,
		waitMs,
		isAnswer: answersTrigger,
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
