import type { Zone } from "../addresses/zones.js";
import type { Parcel } from "../parcels/parcel.js";
import { isBulky } from "../parcels/size.js";

export interface Surcharge {
	readonly name: string;
	readonly cents: number;
}

export function surchargesFor(parcel: Parcel, zone: Zone): Surcharge[] {
	return [
		...(isBulky(parcel) ? [{ name: "bulky", cents: 2_200 }] : []),
		...(zone === "island" ? [{ name: "ferry", cents: 350 }] : []),
	];
}
