export interface CostOptions {
	readonly days?: string;
	readonly by?: string;
	readonly json?: true;
}
