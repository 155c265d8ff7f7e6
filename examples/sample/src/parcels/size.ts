import type { Parcel } from "./parcel.js";

/** Once along the longest side and once around it: what decides whether a belt takes it. */
export function girthMm({ lengthMm, widthMm, heightMm }: Parcel): number {
	const longest = Math.max(lengthMm, widthMm, heightMm);
	return longest + 2 * (lengthMm + widthMm + heightMm - longest);
}

export function isBulky(parcel: Parcel): boolean {
	return girthMm(parcel) > girthMaxMm;
}

/** Light and large parcels are paid for by their room: a cubic metre counts as 200 kg. */
export function chargedGrams({ grams, lengthMm, widthMm, heightMm }: Parcel): number {
	return Math.max(grams, Math.ceil((lengthMm * widthMm * heightMm) / 5_000));
}

const girthMaxMm = 3_000;
