export interface TestOptions {
	readonly runner?: "bubblewrap" | "unshare";
	readonly json?: true;
}
