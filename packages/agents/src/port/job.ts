/** What an agent is asked to do. */
import { type Role, roles } from "@shopfloor/core";

export { type Role, roles };

/** What it may do to the folder it is given: nothing at all, look, or change. */
export type Access = "none" | "read" | "write";

/** A JSON schema, as a plain value. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Continues where an earlier outcome left off. Only the adapter that gave it can read it. */
export type ConversationId = string;

export interface Job {
	readonly role: Role;
	readonly prompt: string;
	/** Absolute. */
	readonly cwd: string;
	readonly access: Access;
	/** Where the folder is a worktree: its own directory in the repository, and the repository's. To be looked at only. */
	readonly git?: { readonly dir: string; readonly common: string };
	/** The answer must be JSON of this shape; it is checked here, whatever the program promises. */
	readonly answer?: JsonSchema;
	/** Goes on with a conversation that an earlier outcome gave. */
	readonly resume?: ConversationId;
	/** The conversation is to be gone on with later; else nothing of it is kept, and the outcome gives none. */
	readonly keep?: boolean;
	readonly limits: Limits;
	/** Aborted, the run ends within seconds, with nothing of it left. */
	readonly signal?: AbortSignal;
	/** One humanised line, as it happens: for a terminal. */
	show(line: string): void;
}

export interface Limits {
	/** Until the first sign of the model. */
	readonly startMs: number;
	/** Without a sign of life. */
	readonly idleMs: number;
	readonly wallMs: number;
	/** What this one call may cost. Checked between turns, so one turn may overshoot it. */
	readonly usd: number;
	readonly turns: number;
}
