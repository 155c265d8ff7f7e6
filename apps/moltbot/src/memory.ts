/**
 * What the bot knows besides the log: which update it handled last, what it told whom, and what its buttons mean. A button
 * holds a key and nothing else; what it stands for is here, so nobody can make one up, and it holds over a restart.
 */
import { randomInt } from "node:crypto";
import { type Floor, type Ledger, ledger } from "@shopfloor/core/io";
import { z } from "zod";

const Seq = z.int().min(0);
const Chat = z.int().min(1);
const Key = z.string().regex(/^[a-z0-9]{8}$/);

/** Up to which entry everything was told to a chat, by what kind of news it is. */
const Told = z.strictObject({ chat: Chat, urgent: Seq, prompt: Seq, question: Seq, digest: Seq });
export type Told = z.infer<typeof Told>;

/** A question that was put to somebody, with buttons. */
const Shown = z.strictObject({
	key: Key,
	chat: Chat,
	/** Null until Telegram gave it a number. */
	message: z.int().nullable(),
	approval: z.string().max(120),
	change: z.string().max(120),
	commit: z.string().max(120),
	/** What the message says became of it; `open` at first. */
	fate: z.string().max(40),
});
export type Shown = z.infer<typeof Shown>;

/** What a press on "yes", or on one of several, does. */
const Choice = z.strictObject({
	action: z.string().max(40),
	args: z.array(z.tuple([z.string().max(40), z.string().max(4_096)])).max(10),
	skill: z.string().max(80).optional(),
});
const Wish = z.strictObject({
	key: Key,
	chat: Chat,
	expiresMs: z.number(),
	choices: z.array(Choice).min(1).max(5),
	/** Seq of the message that it was understood from, where a press says what that meant. */
	heard: Seq.optional(),
	/** The choice was made and carried out; a press says that it was the wrong one. */
	isDone: z.boolean().optional(),
});
export type Wish = z.infer<typeof Wish>;
export type Choice = z.infer<typeof Choice>;

const Memory = z.strictObject({
	/** The last update that was handled, and when. */
	update: z.int(),
	updateMs: z.number(),
	told: z.array(Told).max(100),
	shown: z.array(Shown).max(200),
	wishes: z.array(Wish).max(50),
	/** From strangers, groups, channels, and what was passed on or edited. */
	ignored: Seq,
});
export type Memory = z.infer<typeof Memory>;

const none: Memory = { update: 0, updateMs: 0, told: [], shown: [], wishes: [], ignored: 0 };

export function memoryOf({ records }: Pick<Floor, "records">): Ledger<Memory> {
	return ledger(records, { key: "notes/moltbot", schema: Memory, empty: none, faults: () => [] });
}

/** Instead of what is known under the same key; the oldest gives way. */
export function withShown(memory: Memory, shown: Shown): Memory {
	return { ...memory, shown: [...memory.shown.filter(({ key }) => key !== shown.key), shown].slice(-shownMax) };
}

export function withWish(memory: Memory, wish: Wish, nowMs: number): Memory {
	const standing = memory.wishes.filter(({ expiresMs }) => expiresMs > nowMs);
	return { ...memory, wishes: [...standing, wish].slice(-wishesMax) };
}

export function withoutWish(memory: Memory, key: string): Memory {
	return { ...memory, wishes: memory.wishes.filter((wish) => wish.key !== key) };
}

export function withTold(memory: Memory, told: Told): Memory {
	return { ...memory, told: [...memory.told.filter(({ chat }) => chat !== told.chat), told].slice(-toldMax) };
}

/** Not to be guessed, and not to be met twice. */
export function newKey(): string {
	return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("");
}

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
const shownMax = 200;
const wishesMax = 50;
const toldMax = 100;
