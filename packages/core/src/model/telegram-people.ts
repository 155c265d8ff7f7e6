/**
 * Who may speak to the factory on Telegram, and who asks to. A stranger is given a code by the bot, and somebody at this
 * machine types it in: so both ends of the line are in one person's hands. Numbers only: names change hands. Pure.
 */
import { z } from "zod";
import { Ms } from "./entry/fields.ts";
import type { RecordKind } from "./record-kind.ts";

/** Telegram's own number of an account. */
const Account = z.int().min(1);
/** As they call themselves at the time; for people to read, and for nothing else. */
const Label = z.string().max(64);

/** Nothing in it can be taken for something else. */
export const codeLetters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
export const codeLength = 8;
const Code = z.string().regex(new RegExp(`^[${codeLetters}]{${codeLength}}$`));

const peopleMax = 50;
/** More strangers than this at once are no coincidence, and get no answer. */
const pendingMax = 3;
const codeMs = 60 * 60_000;
/** So many wrong codes within the time in which a code holds, and for the rest of it no code is taken. */
const wrongMax = 10;

const TelegramPerson = z.strictObject({ id: Account, name: Label, sinceMs: Ms, by: z.string().max(80) });
export type TelegramPerson = z.infer<typeof TelegramPerson>;

const TelegramPeople = z.strictObject({
	people: z.array(TelegramPerson).max(peopleMax),
	pending: z.array(z.strictObject({ code: Code, id: Account, name: Label, expiresMs: Ms })).max(pendingMax),
	/** When wrong codes were typed. */
	wrongMs: z.array(Ms).max(wrongMax),
});
export type TelegramPeople = z.infer<typeof TelegramPeople>;

export const telegramPeople: RecordKind<TelegramPeople> = {
	key: "telegram",
	schema: TelegramPeople,
	empty: { people: [], pending: [], wrongMs: [] },
	faults: (_current, { people, pending }) => [
		...twice(people.map(({ id }) => id)),
		...twice(pending.map(({ id }) => id)),
		...twice(pending.map(({ code }) => code)),
	],
};

function twice(values: readonly (string | number)[]): string[] {
	return values.filter((value, index) => values.indexOf(value) !== index).map((value) => `${value} stands there twice`);
}

export interface Stranger {
	readonly id: number;
	readonly name: string;
}

export type Offer =
	| { readonly kind: "code"; readonly code: string; readonly expiresMs: number; readonly next: TelegramPeople }
	| { readonly kind: "known" }
	/** Too many ask at once. */
	| { readonly kind: "full" };

/** A code for a stranger: the one that they have, or the `fresh` one. */
export function offerCode(current: TelegramPeople, { id, name }: Stranger, fresh: string, nowMs: number): Offer {
	if (current.people.some((person) => person.id === id)) return { kind: "known" };
	const pending = current.pending.filter(({ expiresMs }) => expiresMs > nowMs);
	const standing = pending.find((one) => one.id === id);
	if (standing !== undefined)
		return { kind: "code", code: standing.code, expiresMs: standing.expiresMs, next: { ...current, pending } };
	if (pending.length >= pendingMax || pending.some(({ code }) => code === fresh)) return { kind: "full" };
	const offered = { code: fresh, id, name: name.slice(0, 64), expiresMs: nowMs + codeMs };
	return {
		kind: "code",
		code: fresh,
		expiresMs: offered.expiresMs,
		next: { ...current, pending: [...pending, offered] },
	};
}

export type Admission =
	| { readonly kind: "admitted"; readonly person: TelegramPerson; readonly next: TelegramPeople }
	/** `left`: so many tries until no code is taken for a while. */
	| { readonly kind: "wrong"; readonly left: number; readonly next: TelegramPeople }
	| { readonly kind: "expired"; readonly next: TelegramPeople }
	| { readonly kind: "locked"; readonly untilMs: number; readonly next: TelegramPeople }
	| { readonly kind: "full"; readonly next: TelegramPeople };

/** What becomes of a code that `by` typed. A right one is used up. */
export function admit(current: TelegramPeople, typed: string, by: string, nowMs: number): Admission {
	const wrongMs = current.wrongMs.filter((at) => at <= nowMs && nowMs - at < codeMs);
	const [first] = wrongMs;
	if (wrongMs.length >= wrongMax && first !== undefined)
		return { kind: "locked", untilMs: first + codeMs, next: current };
	const code = typed.replace(/[\s-]/g, "").toUpperCase();
	const found = current.pending.find((one) => one.code === code);
	if (found === undefined) {
		const next = { ...current, wrongMs: [...wrongMs, nowMs] };
		return { kind: "wrong", left: wrongMax - next.wrongMs.length, next };
	}
	const pending = current.pending.filter((one) => one !== found);
	if (found.expiresMs <= nowMs) return { kind: "expired", next: { ...current, pending } };
	if (current.people.length >= peopleMax) return { kind: "full", next: current };
	const person = { id: found.id, name: found.name, sinceMs: nowMs, by };
	return { kind: "admitted", person, next: { people: [...current.people, person], pending, wrongMs: [] } };
}
