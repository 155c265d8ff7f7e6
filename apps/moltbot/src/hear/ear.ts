/**
 * What comes in, one update after the other, each once. An update counts as handled when its effects are in the log and
 * its number is noted; whoever dies in between is given it again, and its effects carry its number, so they are not made
 * twice. Of what strangers, groups and channels send nothing is kept but how much it was.
 */
import { randomInt } from "node:crypto";
import { closest, codeLength, codeLetters, offerCode, telegramPeople } from "@shopfloor/core";
import { crashAt, instant, isShopfloorError, type Ledger, ledger } from "@shopfloor/core/io";
import type { Person } from "@shopfloor/core/person";
import { botActions } from "@shopfloor/skills";
import type { Incoming } from "../chat/port.ts";
import { sayAll } from "../say.ts";
import type { Site } from "../site.ts";
import { type Times, timesFor } from "../times.ts";
import type { Say, Scene } from "../verbs/scene.ts";
import { isVerb, verbOf } from "../verbs/verbs.ts";
import { commandIn } from "./command.ts";
import { FreeWords } from "./free-words.ts";
import * as say from "./messages.ts";
import { type Heard, noteMessage } from "./note-message.ts";
import { press } from "./press.ts";

type Message = Extract<Incoming, { kind: "message" }>;

export class Ear {
	readonly #site: Site;
	readonly #people: Ledger<typeof telegramPeople.empty>;
	/** When a stranger was last given their code. */
	readonly #codesMs = new Map<number, number>();
	/** Of each chat, what came too late, until the batch is over. */
	readonly #stale = new Map<number, { count: number; last: Message }>();
	/** Also where the disk did not take it. */
	#handled: { readonly update: number; readonly atMs: number } | undefined;
	readonly #freeWords: FreeWords;
	#ignored = 0;

	constructor(site: Site) {
		this.#site = site;
		this.#people = ledger(site.world.floor.records, telegramPeople);
		this.#freeWords = new FreeWords(site, (message, error) => this.#excuse(message, error));
	}

	/** The update after which it goes on. */
	async after(): Promise<number> {
		if (this.#handled === undefined) {
			const { update, updateMs } = (await this.#site.memory.read()).value;
			this.#handled = { update, atMs: updateMs };
		}
		const { update, atMs } = this.#handled;
		return this.#site.world.clock.now() - atMs > numbersKeptMs ? 0 : update;
	}

	async hear(incoming: Incoming): Promise<void> {
		const { ended } = this.#site;
		if (incoming.update <= (await this.after())) return;
		try {
			await this.#handle(incoming);
		} catch (error) {
			// It is given again to whoever comes after.
			if (ended.aborted) return;
			await this.#excuse(incoming, error);
		}
		crashAt("bot.handled");
		await this.#note(incoming.update);
	}

	/** After a batch: what came too late is told once. */
	async settle(): Promise<void> {
		for (const [chat, { count, last }] of this.#stale) {
			const ageMs = this.#site.world.clock.now() - last.sentMs;
			this.#say(chat, [{ text: say.stale(count, last.text, ageMs) }]);
		}
		this.#stale.clear();
		if (this.#ignored === 0) return;
		const more = this.#ignored;
		this.#ignored = 0;
		await this.#quietly(this.#site.memory.update((now) => ({ ...now, ignored: now.ignored + more })));
	}

	async #handle(incoming: Incoming): Promise<void> {
		if (incoming.kind === "ignored") {
			this.#ignored++;
			return;
		}
		const { people } = (await this.#people.read()).value;
		if (!people.some(({ id }) => id === incoming.person.id)) return await this.#stranger(incoming);
		switch (incoming.kind) {
			case "wordless":
				this.#say(incoming.chat, [{ text: say.onlyWords() }]);
				return;
			case "press": {
				const heard = await press(this.#site, this.#sceneOf(incoming), incoming);
				if (heard !== undefined) await this.#answer(incoming, heard);
				return;
			}
			case "message":
				return await this.#message(incoming);
		}
	}

	/** Nothing but a code, and that at most once a minute. */
	async #stranger(incoming: Exclude<Incoming, { kind: "ignored" }>): Promise<void> {
		const { clock } = this.#site.world;
		this.#ignored++;
		const { person, chat } = incoming;
		const nowMs = clock.now();
		if (incoming.kind === "press" || nowMs - (this.#codesMs.get(person.id) ?? 0) < codeEveryMs) return;
		let offer: ReturnType<typeof offerCode> | undefined;
		const fresh = newCode();
		await this.#people.update((current) => {
			offer = offerCode(current, person, fresh, nowMs);
			return offer.kind === "code" ? offer.next : current;
		});
		if (offer?.kind !== "code") return;
		if (this.#codesMs.size >= strangersMax) this.#codesMs.clear();
		this.#codesMs.set(person.id, nowMs);
		const text = say.code(offer.code, instant(offer.expiresMs), this.#times());
		this.#say(chat, [{ text }]);
	}

	async #message(message: Message): Promise<void> {
		const { clock } = this.#site.world;
		if (clock.now() - message.sentMs > staleMs) {
			const before = this.#stale.get(message.chat);
			this.#stale.set(message.chat, { count: (before?.count ?? 0) + 1, last: message });
			return;
		}
		const scene = this.#sceneOf(message);
		const command = commandIn(message.text);
		if (command === undefined) return await this.#freeWords.hear(message, scene);
		// What Telegram sends when a chat is begun.
		const name = command.name === "start" ? "help" : command.name;
		if (!isVerb(name)) {
			const meant = closest(
				name,
				botActions.map((action) => action.name),
			);
			const entry = { text: message.text, handled: false, form: "command" as const };
			return await this.#answer(message, { says: [{ text: say.unknownCommand(name, meant) }], entry });
		}
		const verb = verbOf(name);
		const says = await verb.run(scene, verb.parse(command.words));
		const corrects = name === "help" || name === "skills" ? undefined : this.#freeWords.lately(message.chat);
		const entry = { text: message.text, handled: true, form: "command" as const, action: name };
		await this.#answer(message, { says, entry: { ...entry, ...(corrects !== undefined && { corrects }) } });
	}

	/** Written down first, so that what it says can be found in the log. */
	async #answer(incoming: Exclude<Incoming, { kind: "ignored" }>, { says, entry }: Heard): Promise<void> {
		crashAt("bot.done");
		await noteMessage(this.#site, incoming, { entry, says });
		crashAt("bot.logged");
		this.#say(incoming.chat, says);
	}

	/** Not waited for: the queue of the chat keeps the order. */
	#say(chat: number, says: readonly Say[]): void {
		this.#site.background.add(sayAll(this.#site, chat, says));
	}

	#sceneOf({ update, person, chat }: Exclude<Incoming, { kind: "ignored" }>): Scene {
		const { world, skills, view } = this.#site;
		const who: Person = { by: `telegram:${person.id}`, source: "telegram", id: `telegram:${update}` };
		return { world, person: who, chat, times: this.#times(), skills, state: view.state };
	}

	#times(): Times {
		return timesFor(this.#site.world.clock.now(), this.#site.timeZone);
	}

	/** Whatever happened, the next update has its turn. */
	async #excuse(incoming: Incoming, error: unknown): Promise<void> {
		const what = error instanceof Error ? error.message : String(error);
		const { floor, name } = this.#site.world;
		const isOfTheFloor = isShopfloorError(error, "disk-full", "disk-error", "lock-busy", "lock-lost");
		process.stderr.write(`${name}: a message could not be answered: ${what}\n`);
		if (incoming.kind !== "ignored" && (await this.#isKnown(incoming.person.id)))
			this.#say(incoming.chat, [{ text: isOfTheFloor ? say.cannotWrite(what) : say.failed() }]);
		if (!isOfTheFloor)
			await this.#quietly(floor.log.append([{ type: "alert", by: name, data: say.handlerFailed(what) }]));
	}

	async #isKnown(id: number): Promise<boolean> {
		try {
			return (await this.#people.read()).value.people.some((person) => person.id === id);
		} catch {
			// Who cannot be looked up is a stranger.
			return false;
		}
	}

	async #note(update: number): Promise<void> {
		const updateMs = this.#site.world.clock.now();
		this.#handled = { update, atMs: updateMs };
		await this.#quietly(this.#site.memory.update((now) => ({ ...now, update, updateMs })));
	}

	/** Where the disk takes nothing the update may be given again; its effects are not made twice. */
	async #quietly(step: Promise<unknown>): Promise<void> {
		try {
			await step;
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${this.#site.world.name}: ${error.message}\n`);
		}
	}
}

function newCode(): string {
	return Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join("");
}

/** What was said longer ago may not be meant any more. */
const staleMs = 10 * 60_000;
/** After a week without updates Telegram begins at another number, which may be a lower one. */
const numbersKeptMs = 6 * 24 * 60 * 60_000;
const codeEveryMs = 60_000;
/** More strangers than this begin anew. */
const strangersMax = 1_000;
