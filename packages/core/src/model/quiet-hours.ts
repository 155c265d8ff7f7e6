/** The same hours every day, by the clock on the wall. */
export interface Quiet {
	/** `22:30` */
	readonly from: string;
	readonly to: string;
}

/** `22:30` to `07:00` is the night, also one in which the clock is set. */
export function isQuiet({ from, to }: Quiet, timeOfDay: string): boolean {
	return from <= to ? from <= timeOfDay && timeOfDay < to : from <= timeOfDay || timeOfDay < to;
}
