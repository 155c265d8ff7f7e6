/** Files that are named by others of the measuring stick. */

/** How far the names of a file are followed; see `stick-of.ts`. */
export type Role = "runner" | "setup" | "compiler" | "manifest" | "other";

export interface Named {
	readonly text: string;
	/** What the named file is to those that read it. */
	readonly role: Role;
	/** Only a file of just this name is meant. */
	readonly isWhole?: boolean;
	/** It may be a pattern for several. */
	readonly isPattern?: boolean;
}
