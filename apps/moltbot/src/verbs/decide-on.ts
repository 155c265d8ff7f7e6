/** A person's word on a change. The command counts for the commit that the question is about at this moment. */
import { type Answered, answerQuestion, changeRecords, sentenceMax } from "@shopfloor/core/person";
import { openQuestions, questionSays } from "../question/put.ts";
import { firstWord } from "./args.ts";
import * as say from "./messages.ts";
import type { Say, Scene, Verb } from "./scene.ts";

export const approve: Verb = {
	parse: (words) => ({ change: firstWord(words)[0] }),
	async run(scene, { change = "" }) {
		if (change === "") return await putAll(scene);
		return [{ text: say.answered("approve", await answer(scene, { change, answer: "approve" }), scene.times) }];
	},
};

export const reject: Verb = {
	parse: (words) => {
		const [change, note] = firstWord(words);
		return { change, note };
	},
	async run(scene, { change = "", note = "" }) {
		if (change === "") return await putAll(scene);
		// Free words do not say why, and the buttons do.
		if (note === "") return [...(await putAll(scene, change)), { text: say.whyMissing(change) }];
		const wish = { change, answer: "reject" as const, note: note.slice(0, sentenceMax) };
		return [{ text: say.answered("reject", await answer(scene, wish), scene.times) }];
	},
};

function answer(
	{ world: { floor, clock }, person }: Scene,
	wish: { readonly change: string; readonly answer: "approve" | "reject"; readonly note?: string },
): Promise<Answered> {
	return answerQuestion(floor, person, wish, clock.now());
}

/** Every open question with its buttons, or those about one change. */
async function putAll(scene: Scene, change?: string): Promise<Say[]> {
	const { world, chat, times } = scene;
	const records = await changeRecords(world.floor);
	const open = openQuestions(records, world.clock.now()).filter(
		({ change: { id } }) => change === undefined || id === change,
	);
	if (open.length === 0) return [{ text: say.nothingAsked(change) }];
	const said = await questionSays(world, chat, open.slice(0, questionsMax), times);
	const left = open.length - said.length;
	return left > 0 ? [...said, { text: say.moreQuestions(left) }] : said;
}

/** As many as one decides about in one sitting. */
const questionsMax = 5;
