/** One thing that was tried against a sandbox. */
export interface Held {
	readonly name: string;
	/** In words, for the table. */
	readonly tried: string;
	readonly held: boolean;
	/** How it was refused, or what was got. */
	readonly detail: string;
}
