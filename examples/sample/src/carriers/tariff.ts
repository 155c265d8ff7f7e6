import type { Zone } from "../addresses/zones.js";

interface Tariff {
	readonly baseCents: number;
	/** Left out where the price does not depend on the weight. */
	readonly perKiloCents?: number;
}

const tariffs: ReadonlyMap<string, Tariff> = new Map<string, Tariff>([
	["nordpost/city", { baseCents: 390, perKiloCents: 20 }],
	["nordpost/region", { baseCents: 490, perKiloCents: 30 }],
	["nordpost/country", { baseCents: 590, perKiloCents: 45 }],
	["nordpost/island", { baseCents: 1_290, perKiloCents: 90 }],
	["kurier/city", { baseCents: 890 }],
	["kurier/region", { baseCents: 1_190 }],
	["inselboot/island", { baseCents: 990, perKiloCents: 60 }],
]);

export function baseCents(carrier: string, zone: Zone): number {
	const tariff = tariffs.get(`${carrier}/${zone}`);
	if (tariff === undefined) throw new RangeError(`${carrier} does not go to the zone ${zone}`);
	return tariff.baseCents;
}

export function perKiloCents(carrier: string, zone: Zone): number {
	return tariffs.get(`${carrier}/${zone}`).perKiloCents ?? 0;
}
