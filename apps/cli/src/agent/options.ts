/** What a person may say behind the verbs about agents. */
export interface RunOptions {
	readonly agent?: string;
	readonly role: string;
	readonly cwd: string;
	readonly access: string;
	readonly answer?: string;
	readonly resume?: string;
	readonly keep?: boolean;
	readonly session: string;
	readonly usd?: string;
	readonly minutes?: string;
	readonly turns?: string;
	readonly json?: boolean;
	/** Commander's form of `--no-sandbox`. */
	readonly sandbox: boolean;
}

export interface ListOptions {
	readonly json?: boolean;
}
