export interface PauseOptions {
	readonly reason?: string;
	readonly for?: string;
}
