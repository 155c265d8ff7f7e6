import type { Zone } from "../addresses/zones.js";
import type { Parcel } from "../parcels/parcel.js";
import type { Carrier } from "./carrier.js";

export interface Priced {
	readonly carrier: Carrier;
	readonly cents: number;
}

/** Those that take a parcel at all. */
export function able(carriers: readonly Carrier[], parcel: Parcel, zone: Zone): Carrier[] {
	return carriers.filter(({ zones, gramsMax }) => zones.includes(zone) && parcel.grams <= gramsMax);
}

/** The cheapest that is there in time; of two equal ones the faster. */
export function choose(offers: readonly Priced[], daysMax: number): Priced | undefined {
	const inTime = offers.filter(({ carrier }) => carrier.days <= daysMax);
	return inTime.toSorted((a, b) => a.cents - b.cents || a.carrier.days - b.carrier.days)[0];
}
