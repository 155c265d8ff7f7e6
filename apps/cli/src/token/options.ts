export interface CreateOptions {
	readonly scope: string;
	readonly expires: string;
	readonly json?: true;
}

export interface ListOptions {
	readonly json?: true;
}
