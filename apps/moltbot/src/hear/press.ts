/** A press on a button. What the button stands for is in the bot's memory, bound to the chat that it was shown in. */
import { type Answered, answerQuestion, changeRecords, findChange } from "@shopfloor/core/person";
import type { Incoming } from "../chat/port.ts";
import { type Choice, type Shown, type Wish, withoutWish } from "../memory.ts";
import { buttonsOf, pressOf, whyButtons, whys } from "../question/buttons.ts";
import { diffOfChange } from "../question/diff.ts";
import { diffOf, noDiff, pressed, questionText } from "../question/messages.ts";
import { openQuestions } from "../question/put.ts";
import type { Site } from "../site.ts";
import { answered } from "../verbs/messages.ts";
import type { Say, Scene } from "../verbs/scene.ts";
import { isVerb, verbOf } from "../verbs/verbs.ts";
import { commandOf } from "./command.ts";
import * as say from "./messages.ts";
import type { Heard } from "./note-message.ts";

type Pressed = Extract<Incoming, { kind: "press" }>;

/** Undefined where there is nothing for the log. */
export async function press(site: Site, scene: Scene, incoming: Pressed): Promise<Heard | undefined> {
	const meant = pressOf(incoming.data);
	const memory = (await site.memory.read()).value;
	const isOurs = ({ key, chat }: Pick<Shown, "key" | "chat">) => key === meant?.key && chat === incoming.chat;
	if (meant?.kind === "choice") {
		const wish = memory.wishes.find(isOurs);
		if (wish !== undefined && wish.expiresMs > scene.times.nowMs)
			return await choose(site, scene, incoming, wish, meant.index);
	}
	const shown = memory.shown.find(isOurs);
	if (meant === undefined || meant.kind === "choice" || shown === undefined) {
		answer(site, incoming, pressed.tooOld);
		return undefined;
	}
	switch (meant.kind) {
		case "approve":
			return await decideOn(site, scene, incoming, shown, { answer: "approve" });
		case "why":
			return await decideOn(site, scene, incoming, shown, { answer: "reject", note: whys[meant.index] ?? "" });
		case "reject":
			answer(site, incoming, pressed.why);
			await showAgain(site, scene, incoming, shown, whyButtons(shown.key));
			return undefined;
		case "back":
			answer(site, incoming, pressed.back);
			await showAgain(site, scene, incoming, shown, buttonsOf(shown.key));
			return undefined;
		case "diff":
			answer(site, incoming, pressed.diff);
			return await showDiff(scene, shown);
	}
}

type Word = { readonly answer: "approve" } | { readonly answer: "reject"; readonly note: string };

/** Bound to the question and the commit that were shown. What became of it is told by an edit of the message. */
async function decideOn(site: Site, scene: Scene, incoming: Pressed, shown: Shown, word: Word): Promise<Heard> {
	const { world, person, times } = scene;
	const { approval, commit, change } = shown;
	const result: Answered = await answerQuestion(world.floor, person, { approval, commit, ...word }, world.clock.now());
	const isDone = result.kind === "answered";
	answer(site, incoming, isDone ? pressed[word.answer === "approve" ? "approved" : "rejected"] : pressed.failed);
	return {
		says: isDone ? [] : [{ text: answered(word.answer, result, times) }],
		entry: { text: `${word.answer} ${change}`, handled: true, form: "press", action: word.answer },
	};
}

async function showAgain(
	site: Site,
	{ world, times }: Scene,
	{ chat, message }: Pressed,
	shown: Shown,
	buttons: ReturnType<typeof buttonsOf>,
): Promise<void> {
	const open = openQuestions(await changeRecords(world.floor), world.clock.now());
	const one = open.find(({ question }) => question.approval === shown.approval && question.commit === shown.commit);
	// Otherwise the message is about to say what became of it.
	if (one !== undefined)
		site.background.add(site.outbox.edit(chat, message, { text: questionText(one, times), buttons }));
}

async function showDiff({ world }: Scene, shown: Shown): Promise<Heard> {
	const found = findChange(shown.change, await changeRecords(world.floor));
	const base = found.kind === "change" ? found.change.base : null;
	// Of the commit that was shown, whatever the change is at by now.
	const diff = await diffOfChange(world, { commit: shown.commit, base });
	const entry = { text: `diff ${shown.change}`, handled: true, form: "press" as const };
	if (diff.kind === "none") return { says: [{ text: noDiff(shown.change, diff.why) }], entry };
	const text = diffOf(shown.change, diff.text.split("\n").length - 1);
	return { says: [{ text, file: { name: `${fileName(shown.change)}.diff`, content: diff.text } }], entry };
}

function fileName(change: string): string {
	return change.replace(/[^\w.-]+/g, "-").slice(0, 60);
}

/** Once: a wish that was granted or refused is forgotten. */
async function choose(
	site: Site,
	scene: Scene,
	incoming: Pressed,
	wish: Wish,
	index: number | undefined,
): Promise<Heard> {
	answer(site, incoming, pressed.done);
	const choice = index === undefined ? undefined : wish.choices[index];
	const corrects = wish.heard === undefined ? {} : { corrects: wish.heard };
	const { chat, message } = incoming;
	const heard = choice === undefined ? refused(corrects) : await granted(scene, choice, corrects);
	const text = choice === undefined ? notChosen(wish) : say.chosen(commandOf(choice.action, choice.args));
	site.background.add(site.outbox.edit(chat, message, { text }));
	await site.memory.update((now) => withoutWish(now, wish.key));
	return heard;
}

function notChosen({ isDone = false }: Wish) {
	return isDone ? say.notMeant() : say.notChosen();
}

type Corrects = { readonly corrects?: number };

function refused(corrects: Corrects): Heard {
	return { says: [], entry: { text: say.labels.none, handled: true, form: "press", ...corrects } };
}

async function granted(scene: Scene, { action, args, skill }: Choice, corrects: Corrects): Promise<Heard> {
	const says: readonly Say[] = isVerb(action) ? await verbOf(action).run(scene, Object.fromEntries(args)) : [];
	const entry = {
		text: commandOf(action, args),
		handled: true,
		form: "press" as const,
		action,
		...(skill && { skill }),
	};
	return { says, entry: { ...entry, ...corrects } };
}

/** Not waited for: a press that Telegram has forgotten is no reason to stop. */
function answer({ chat, ended, background }: Site, { press: id }: Pressed, words: string): void {
	background.add(chat.answerPress(id, words, ended));
}
