/** What the bot needs of a messenger, in a few verbs. Nothing here throws: what goes wrong outside is a value. */
import type { Rich } from "./rich.ts";

export interface Chat {
	/** Who the bot is there; also tells the messenger which commands there are. */
	introduce(commands: readonly Command[], signal: AbortSignal): Promise<Told<{ readonly name: string }>>;
	/** Waits for what comes after the update of that number, up to half a minute. */
	receive(after: number, signal: AbortSignal): Promise<Told<readonly Incoming[]>>;
	/** Resolves with the number of the message. */
	send(chat: number, message: Outgoing, signal: AbortSignal): Promise<Told<number>>;
	edit(chat: number, message: number, next: Outgoing, signal: AbortSignal): Promise<Told<number>>;
	/** Every press wants an answer, else it goes on turning on the phone. */
	answerPress(press: string, words: string, signal: AbortSignal): Promise<Told<void>>;
}

export interface Command {
	readonly name: string;
	readonly about: string;
}

export interface Outgoing {
	readonly text: Rich;
	/** In rows. */
	readonly buttons?: readonly (readonly Button[])[];
	/** Comes without a sound. */
	readonly silent?: boolean;
	/** What is too long to be read in a message. */
	readonly file?: { readonly name: string; readonly content: string };
}

export interface Button {
	readonly label: string;
	/** What comes back when it is pressed, 64 bytes at most. */
	readonly data: string;
}

interface From {
	readonly update: number;
	readonly person: { readonly id: number; readonly name: string };
	/** A private chat has its person's number; it is kept apart all the same. */
	readonly chat: number;
}

export type Incoming =
	| ({ readonly kind: "message"; readonly text: string; readonly sentMs: number } & From)
	| ({ readonly kind: "press"; readonly press: string; readonly message: number; readonly data: string } & From)
	/** A picture, a file, a voice. */
	| ({ readonly kind: "wordless" } & From)
	/** Nothing that the bot acts on, whoever it is from. */
	| { readonly kind: "ignored"; readonly update: number; readonly why: Why };

export type Why = "group" | "channel" | "edited" | "forwarded" | "inline" | "bot" | "other";

export type Told<T> =
	| { readonly kind: "done"; readonly value: T }
	| { readonly kind: "trouble"; readonly trouble: Trouble };

export type Trouble =
	/** Too much at once; after so long it goes on. */
	| { readonly kind: "wait"; readonly ms: number }
	/** Somebody else receives with the same token. */
	| { readonly kind: "conflict"; readonly why: string }
	/** The token is none. */
	| { readonly kind: "unauthorised"; readonly why: string }
	/** This very thing will not be taken, now or later: a blocked chat, a message that is gone. */
	| { readonly kind: "refused"; readonly why: string }
	| { readonly kind: "unreachable"; readonly why: string };
