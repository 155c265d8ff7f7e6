/** What a person may say behind the gate's commands. */
export interface GateOptions {
	readonly repository?: string;
	readonly base?: string;
	readonly json?: boolean;
	/** Commander's form of `--no-sandbox`. */
	readonly sandbox?: boolean;
}

export interface CheckOptions extends GateOptions {
	readonly worktree?: boolean;
	readonly accept?: readonly string[];
	readonly fresh?: boolean;
	readonly readOnly?: boolean;
	readonly related?: boolean;
}

export interface LandOptions extends GateOptions {
	readonly dryRun?: boolean;
	readonly accept?: readonly string[];
	readonly batch?: string;
}

export interface AuditOptions extends GateOptions {
	readonly replay?: boolean;
}

export interface RevertOptions extends GateOptions {
	readonly reason?: string;
	readonly dryRun?: boolean;
}

export interface WatchOptions extends GateOptions {
	readonly dryRun?: boolean;
}

export interface TreesOptions extends GateOptions {
	readonly discard?: readonly string[];
	readonly dryRun?: boolean;
}
