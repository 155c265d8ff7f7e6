export interface LogOptions {
	readonly follow?: true;
	readonly type?: readonly string[];
	readonly by?: string;
	readonly since?: string;
	readonly count?: string;
	readonly json?: true;
}

export interface VerifyOptions {
	readonly head?: readonly string[];
	readonly json?: true;
}
