export interface StatusOptions {
	readonly watch?: true;
	readonly json?: true;
}
