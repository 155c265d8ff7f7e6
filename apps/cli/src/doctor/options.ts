export interface DoctorOptions {
	readonly fix?: true;
	readonly json?: true;
}
