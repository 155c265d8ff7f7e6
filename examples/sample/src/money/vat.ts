import { roundCents } from "./rounding.js";

/** Parcels to islands are delivered by sea, which is taxed less. */
export function vatCents(netCents: number, bySea: boolean): number {
	return roundCents((netCents * (bySea ? 7 : 19)) / 100);
}
