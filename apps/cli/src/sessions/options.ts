export interface SessionsOptions {
	readonly json?: true;
}

export interface RunOptions {
	readonly wait?: true;
	readonly json?: true;
}
