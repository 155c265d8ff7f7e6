export interface ReportOptions {
	readonly since?: string;
	readonly json?: true;
}
