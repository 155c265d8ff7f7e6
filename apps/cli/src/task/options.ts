export interface AddOptions {
	readonly detail?: string;
	readonly files?: string;
	readonly priority?: string;
	readonly after?: string;
	readonly key?: string;
	readonly json?: true;
}

export interface ListOptions {
	readonly all?: true;
	readonly status?: string;
	readonly json?: true;
}

export interface OrderOptions {
	readonly reason?: string;
	readonly json?: true;
}
