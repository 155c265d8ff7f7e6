/** Questions about changes, put into a chat with buttons that are bound to them. */
import type { World } from "@shopfloor/core/io";
import {
	type ChangeRecords,
	type ChangeStory,
	changeStory,
	isUndecided,
	type KnownChange,
	knownChanges,
	type Question,
} from "@shopfloor/core/person";
import { memoryOf, newKey, type Shown, withShown } from "../memory.ts";
import type { Times } from "../times.ts";
import type { Say } from "../verbs/scene.ts";
import { buttonsOf } from "./buttons.ts";
import { questionText } from "./messages.ts";

interface Open {
	readonly change: KnownChange;
	readonly question: Question;
	readonly story: ChangeStory;
}

/** Oldest first. */
export function openQuestions(records: ChangeRecords, nowMs: number): Open[] {
	return knownChanges(records).flatMap((change) => {
		if (change.status === "unknown" || change.status === "reverted" || !isUndecided({ status: change.status }))
			return [];
		const story = changeStory(change.id, records.entries, nowMs);
		const { question } = story;
		return question?.state === "open" && question.commit === change.commit ? [{ change, question, story }] : [];
	});
}

/** What the buttons stand for is kept before they are shown. */
export async function questionSays(world: World, chat: number, open: readonly Open[], times: Times): Promise<Say[]> {
	const says: Say[] = [];
	for (const one of open) {
		const { key } = await keyFor(world, chat, one);
		says.push({ text: questionText(one, times), buttons: buttonsOf(key), shows: key });
	}
	return says;
}

/** The one that it has already, if the same question was put before: then both messages do the same. */
async function keyFor(world: World, chat: number, { change, question }: Open): Promise<Shown> {
	const fresh: Shown = {
		key: newKey(),
		chat,
		message: null,
		approval: question.approval,
		change: change.id,
		commit: question.commit,
		fate: "open",
	};
	const { value } = await memoryOf(world.floor).update((memory) =>
		standing(memory.shown, fresh) === undefined ? withShown(memory, fresh) : memory,
	);
	return standing(value.shown, fresh) ?? fresh;
}

function standing(shown: readonly Shown[], { chat, approval, commit }: Shown): Shown | undefined {
	return shown.find((one) => one.chat === chat && one.approval === approval && one.commit === commit);
}
