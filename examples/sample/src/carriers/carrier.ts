import type { Zone } from "../addresses/zones.js";

export interface Carrier {
	readonly name: string;
	/** For customers whose parcel is late. */
	readonly phone: string;
	readonly zones: readonly Zone[];
	/** Working days from door to door. */
	readonly days: number;
	readonly gramsMax: number;
}
