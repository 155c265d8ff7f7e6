/**
 * Words without a command: what a skill understands for certain is done, or asked about where it changes something; what
 * may be meant is asked; the rest goes to the agent behind the role `bot`, or is noted as not understood. What a press or
 * a command says afterwards about the meaning is noted with it, and learned from.
 */
import { type Choice, fillAnswer, understand } from "@shopfloor/skills";
import type { Incoming } from "../chat/port.ts";
import { rich } from "../chat/rich.ts";
import { newKey, type Wish, withWish } from "../memory.ts";
import { choiceButtons } from "../question/buttons.ts";
import { sayAll } from "../say.ts";
import type { Site } from "../site.ts";
import type { BotAgent } from "../skills/agent.ts";
import { type FreeText, freeText } from "../skills/free-text.ts";
import type { Args, Say, Scene } from "../verbs/scene.ts";
import { verbOf } from "../verbs/verbs.ts";
import { commandOf } from "./command.ts";
import * as say from "./messages.ts";
import { noteMessage } from "./note-message.ts";

type Message = Extract<Incoming, { kind: "message" }>;

export class FreeWords {
	readonly #site: Site;
	/** For what an agent's answer comes to when nobody waits for it any more. */
	readonly #excuse: (message: Message, error: unknown) => Promise<void>;
	/** Of each chat, what was not understood last. */
	readonly #missed = new Map<number, { readonly seq: number; readonly atMs: number }>();
	#asking = 0;

	constructor(site: Site, excuse: (message: Message, error: unknown) => Promise<void>) {
		this.#site = site;
		this.#excuse = excuse;
	}

	async hear(message: Message, scene: Scene): Promise<void> {
		const { agent, skills, background } = this.#site;
		this.#missed.delete(message.chat);
		const understood = understand(message.text, skills);
		if (understood.kind !== "unhandled" || agent === undefined || this.#asking >= askingMax)
			return await this.#answer(message, scene, understood);
		// A model takes its time, and who says "stop" meanwhile must not wait for it.
		background.add(this.#askAgent(message, scene, agent));
	}

	/** Seq of what was not understood just before: the command that follows says what was meant. */
	lately(chat: number): number | undefined {
		const missed = this.#missed.get(chat);
		this.#missed.delete(chat);
		return missed !== undefined && this.#site.world.clock.now() - missed.atMs <= lateMs ? missed.seq : undefined;
	}

	async #askAgent(message: Message, scene: Scene, agent: BotAgent): Promise<void> {
		const { skills: set, ended: signal } = this.#site;
		const status = async () => textOf(await verbOf("status").run(scene, {}));
		this.#asking++;
		try {
			await this.#answer(message, scene, await freeText(message.text, { set, agent, status, signal }));
		} catch (error) {
			if (!signal.aborted) await this.#excuse(message, error);
		} finally {
			this.#asking--;
		}
	}

	async #answer(message: Message, scene: Scene, understood: FreeText): Promise<void> {
		const { text, chat } = message;
		const form = "free" as const;
		switch (understood.kind) {
			case "unhandled": {
				const says = [{ text: say.notUnderstood() }];
				const seq = await noteMessage(this.#site, message, { says, entry: { text, handled: false, form } });
				if (seq !== undefined) this.#missed.set(chat, { seq, atMs: this.#site.world.clock.now() });
				return this.#say(chat, says);
			}
			case "reply": {
				const says = [{ text: say.replied(understood.text, understood.agent) }];
				await noteMessage(this.#site, message, { says, entry: { text, handled: true, form } });
				return this.#say(chat, says);
			}
			case "ask":
				return await this.#askWhich(message, understood.choices);
			case "act":
				return await this.#act(message, scene, understood);
		}
	}

	async #act(message: Message, scene: Scene, choice: Choice): Promise<void> {
		const { action, args, skill, answer, asks, missing } = choice;
		// An agent only guesses: what comes of it is what is pressed.
		if (asks && missing.length === 0)
			return await (skill === null ? this.#askWhich(message, [choice]) : this.#askWhether(message, choice));
		const says = framed(answer, args, await verbOf(action).run(scene, args));
		const entry = { text: message.text, handled: true, form: "free" as const, ...namesOf(choice) };
		const seq = await noteMessage(this.#site, message, { says, entry });
		this.#say(message.chat, await this.#withDoubt(message.chat, choice, seq, says));
	}

	async #askWhich(message: Message, choices: readonly Choice[]): Promise<void> {
		const { text, chat } = message;
		const heard = await noteMessage(this.#site, message, { says: [], entry: { text, handled: false, form: "free" } });
		const key = await this.#wish(chat, choices, { ...(heard !== undefined && { heard }) });
		const buttons = choiceButtons(key, choices.map(inWords), say.labels.none);
		this.#say(chat, [{ text: say.didYouMean(), buttons }]);
	}

	/** It was understood for certain, and changes something. Who does not want it done was understood all the same. */
	async #askWhether(message: Message, choice: Choice): Promise<void> {
		const { text, chat } = message;
		const entry = { text, handled: true, form: "free" as const, ...namesOf(choice) };
		await noteMessage(this.#site, message, { says: [], entry });
		const key = await this.#wish(chat, [choice], {});
		this.#say(chat, [
			{ text: say.shallI(inWords(choice)), buttons: choiceButtons(key, [say.labels.yes], say.labels.no) },
		]);
	}

	/** Whoever meant something else says so with a button. */
	async #withDoubt(
		chat: number,
		choice: Choice,
		heard: number | undefined,
		says: readonly Say[],
	): Promise<readonly Say[]> {
		const [first, ...rest] = says;
		if (first === undefined || first.buttons !== undefined || heard === undefined) return says;
		const key = await this.#wish(chat, [choice], { heard, isDone: true });
		return [{ ...first, buttons: choiceButtons(key, [], say.labels.wrong) }, ...rest];
	}

	/** Resolves with the key of its buttons. */
	async #wish(chat: number, choices: readonly Choice[], how: Pick<Wish, "heard" | "isDone">): Promise<string> {
		const { world, memory } = this.#site;
		const nowMs = world.clock.now();
		const kept = choices.map(({ action, args, skill }) => ({
			action,
			args: Object.entries(args),
			...(skill !== null && { skill }),
		}));
		const wish: Wish = { key: newKey(), chat, expiresMs: nowMs + wishMs, choices: kept, ...how };
		await memory.update((now) => withWish(now, wish, nowMs));
		return wish.key;
	}

	/** Not waited for: the queue of the chat keeps the order. */
	#say(chat: number, says: readonly Say[]): void {
		this.#site.background.add(sayAll(this.#site, chat, says));
	}
}

function namesOf({ action, skill }: Choice): { readonly action: string; readonly skill?: string } {
	return { action, ...(skill !== null && { skill }) };
}

function inWords({ action, args }: Choice): string {
	return commandOf(action, Object.entries(args));
}

/** The skill's own words around the first answer. */
function framed(template: string, args: Args, [first, ...rest]: readonly Say[]): readonly Say[] {
	if (first === undefined) return [];
	const [before = "", after = ""] = fillAnswer(template, args, hole).split(hole);
	return [{ ...first, text: rich(before, first.text, after) }, ...rest];
}

/** What no template holds. */
const hole = "\u0000";

function textOf(says: readonly Say[]): string {
	return says.map(({ text }) => text.text).join("\n\n");
}

/** More at once would be a conversation with a model. */
const askingMax = 3;
/** So long a command is about what was not understood before it. */
const lateMs = 2 * 60_000;
const wishMs = 10 * 60_000;
