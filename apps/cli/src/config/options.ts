export interface ConfigOptions {
	readonly json?: true;
}
