/** The messages that hold a question say what became of it. */
import type { Entry } from "@shopfloor/core";
import { isShopfloorError } from "@shopfloor/core/io";
import { type ChangeRecords, changeRecords, changeStory, findChange } from "@shopfloor/core/person";
import type { Shown } from "../memory.ts";
import type { Site } from "../site.ts";
import { timesFor } from "../times.ts";
import { buttonsOf } from "./buttons.ts";
import { fateOf, isFinal } from "./fate.ts";
import { fateText } from "./messages.ts";

export class Fates {
	readonly #site: Site;
	/** Something may have become of one since the last look. */
	#isOpen = false;
	#isLooking = false;

	constructor(site: Site) {
		this.#site = site;
	}

	/** One look at a time; what comes meanwhile is seen by another one. */
	async show(): Promise<void> {
		this.#isOpen = true;
		if (this.#isLooking) return;
		this.#isLooking = true;
		try {
			while (this.#isOpen && !this.#site.ended.aborted) {
				this.#isOpen = false;
				await this.#lookPatiently();
			}
		} finally {
			this.#isLooking = false;
		}
	}

	/** What the floor does not give away now it gives away later. */
	async #lookPatiently(): Promise<void> {
		const { world, ended } = this.#site;
		try {
			await this.#look();
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${world.name}: ${error.message}\n`);
			this.#isOpen = true;
			await world.clock.sleep(afterFaultMs, ended);
		}
	}

	async #look(): Promise<void> {
		const { shown } = (await this.#site.memory.read()).value;
		const waiting = shown.filter(({ message, fate }) => message !== null && !isFinal(fate));
		if (waiting.length === 0) return;
		const records = await changeRecords(this.#site.world.floor);
		for (const one of waiting) await this.#showOne(one, records);
	}

	async #showOne(shown: Shown, records: ChangeRecords): Promise<void> {
		const { world, outbox, memory, timeZone } = this.#site;
		const { chat, message, key } = shown;
		const found = findChange(shown.change, records);
		if (message === null || found.kind !== "change") return;
		const { change } = found;
		const nowMs = world.clock.now();
		const fate = fateOf(shown, changeStory(change.id, records.entries, nowMs), nowMs);
		if (fate.kind === shown.fate) return;
		const text = fateText(change, fate, `telegram:${chat}`, timesFor(nowMs, timeZone));
		const buttons = fate.kind === "open" ? { buttons: buttonsOf(key) } : {};
		const posted = await outbox.edit(chat, message, { text, ...buttons });
		if (posted.kind === "dropped") return;
		await memory.update((now) => ({
			...now,
			shown: now.shown.map((one) => (one.key === key ? { ...one, fate: fate.kind } : one)),
		}));
	}
}

const afterFaultMs = 10_000;

/** Of the log's entries, those that may. */
export function decidesSomething({ type }: Entry): boolean {
	switch (type) {
		case "approval_given":
		case "approval_expired":
		case "change_landed":
		case "change_rejected":
		case "change_reverted":
			return true;
		default:
			return false;
	}
}
