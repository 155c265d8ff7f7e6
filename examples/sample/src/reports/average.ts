import type { Parcel } from "../parcels/parcel.js";

export function averageGrams(parcels: readonly Parcel[]): number {
	const sum = parcels.reduce((all, { grams }) => all + grams, 0);
	return sum / parcels.length;
}
