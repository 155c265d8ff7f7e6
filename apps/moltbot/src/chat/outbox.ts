/**
 * What goes out, one queue for each chat: in order, at the pace that Telegram takes, and again after trouble that passes.
 * Plain answers that wait go together. Bounded: what does not fit any more is dropped, the oldest
 * plain ones first, and whoever posted it is told.
 */
import type { Clock } from "@shopfloor/core/io";
import { patience } from "./patience.ts";
import type { Chat, Outgoing, Told, Trouble } from "./port.ts";
import { joined, textMax } from "./rich.ts";

export type Posted =
	| { readonly kind: "sent"; readonly message: number }
	/** It will never be taken. */
	| { readonly kind: "refused"; readonly why: string }
	/** There was no room for it, or the bot ended. */
	| { readonly kind: "dropped" };

interface Item {
	readonly edits: number | undefined;
	readonly outgoing: Outgoing;
	readonly done: readonly ((posted: Posted) => void)[];
}

interface Line {
	readonly items: Item[];
	/** Messages that may go at once; grows by one a second. */
	burst: number;
	burstAt: number;
}

export class Outbox {
	readonly #chat: Pick<Chat, "send" | "edit">;
	readonly #clock: Clock;
	readonly #ended: AbortSignal;
	readonly #lines = new Map<number, Line>();

	constructor(chat: Pick<Chat, "send" | "edit">, clock: Clock, ended: AbortSignal) {
		this.#chat = chat;
		this.#clock = clock;
		this.#ended = ended;
	}

	post(to: number, outgoing: Outgoing): Promise<Posted> {
		return this.#put(to, undefined, outgoing);
	}

	/** Behind what waits to be sent, so that it is not overtaken by an older look of the message. */
	edit(to: number, message: number, outgoing: Outgoing): Promise<Posted> {
		return this.#put(to, message, outgoing);
	}

	#put(to: number, edits: number | undefined, outgoing: Outgoing): Promise<Posted> {
		return new Promise((resolve) => {
			if (this.#ended.aborted) return resolve({ kind: "dropped" });
			const item = { edits, outgoing, done: [resolve] };
			const line = this.#lines.get(to);
			if (line === undefined) {
				const begun = { items: [item], burst: burstMax, burstAt: this.#clock.watch() };
				this.#lines.set(to, begun);
				void this.#send(to, begun);
				return;
			}
			if (joinsLast(line.items, item)) return;
			line.items.push(item);
			if (line.items.length > itemsMax) dropOne(line.items);
			if (line.items.length === 1) void this.#send(to, line);
		});
	}

	/** Until the line is empty; one at a time for each chat. */
	async #send(to: number, line: Line): Promise<void> {
		for (;;) {
			await this.#pace(line);
			const item = this.#ended.aborted ? undefined : line.items[0];
			if (item === undefined) break;
			const posted = await this.#deliver(to, item);
			line.items.shift();
			for (const done of item.done) done(posted);
			if (line.items.length === 0) return this.#forget();
		}
		for (const { done } of line.items.splice(0)) for (const each of done) each({ kind: "dropped" });
	}

	async #deliver(to: number, { edits, outgoing }: Item): Promise<Posted> {
		for (let tries = 0; !this.#ended.aborted; tries++) {
			const told: Told<number> =
				edits === undefined
					? await this.#chat.send(to, outgoing, this.#ended)
					: await this.#chat.edit(to, edits, outgoing, this.#ended);
			if (told.kind === "done") return { kind: "sent", message: told.value };
			if (told.trouble.kind === "refused") return { kind: "refused", why: told.trouble.why };
			await this.#clock.sleep(waitAfter(told.trouble, tries), this.#ended);
		}
		return { kind: "dropped" };
	}

	async #pace(line: Line): Promise<void> {
		const now = this.#clock.watch();
		const grown = Math.floor((now - line.burstAt) / spacingMs);
		if (grown > 0) {
			line.burst = Math.min(burstMax, line.burst + grown);
			line.burstAt += grown * spacingMs;
		}
		if (line.burst > 0) line.burst--;
		else {
			await this.#clock.sleep(line.burstAt + spacingMs - now, this.#ended);
			line.burstAt = this.#clock.watch();
		}
	}

	/** Strangers come and go; who has nothing waiting is remembered only for the pace. */
	#forget(): void {
		for (const [to, { items }] of this.#lines) {
			if (this.#lines.size <= linesMax) return;
			if (items.length === 0) this.#lines.delete(to);
		}
	}
}

function waitAfter(trouble: Trouble, tries: number): number {
	return trouble.kind === "wait" ? trouble.ms : patience(tries);
}

/** What is as plain as the last one that waits goes along in its message. The first may be on its way. */
function joinsLast(items: Item[], item: Item): boolean {
	const last = items.length > 1 ? items.at(-1) : undefined;
	if (last === undefined || !isPlain(last) || !isPlain(item)) return false;
	const text = joined([last.outgoing.text, item.outgoing.text], "\n\n");
	if (text.text.length > textMax || last.outgoing.silent !== item.outgoing.silent) return false;
	items[items.length - 1] = { ...last, outgoing: { ...last.outgoing, text }, done: [...last.done, ...item.done] };
	return true;
}

function isPlain({ edits, outgoing: { buttons, file } }: Item): boolean {
	return edits === undefined && buttons === undefined && file === undefined;
}

/** Never the first, which may be on its way. */
function dropOne(items: Item[]): void {
	const plain = items.findIndex((item, index) => index > 0 && isPlain(item));
	const [gone] = items.splice(plain > 0 ? plain : 1, 1);
	for (const done of gone?.done ?? []) done({ kind: "dropped" });
}

/** Telegram takes about one message a second in a chat, and a few at once. */
const spacingMs = 1_000;
const burstMax = 5;
/** More than a person scrolls back. */
const itemsMax = 200;
/** More than there are people and strangers at one time. */
const linesMax = 100;
