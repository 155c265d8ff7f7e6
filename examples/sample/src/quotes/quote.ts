import { zoneOf } from "../addresses/zones.js";
import type { Carrier } from "../carriers/carrier.js";
import { baseCents, perKiloCents } from "../carriers/tariff.js";
import { sumOf } from "../money/money.js";
import { vatCents } from "../money/vat.js";
import type { Parcel } from "../parcels/parcel.js";
import { chargedGrams } from "../parcels/size.js";
import { surchargesFor } from "./surcharges";

export interface Quote {
	readonly netCents: number;
	readonly vatCents: number;
	readonly grossCents: number;
}

/** What a carrier takes for a parcel; begun kilograms count whole. */
export function quoteFor(parcel: Parcel, postcode: string, { name }: Carrier): Quote {
	const zone = zoneOf(postcode);
	const kilos = Math.ceil(chargedGrams(parcel) / 1_000);
	const surcharges = sumOf(surchargesFor(parcel, zone));
	const netCents = baseCents(name, zone) + kilos * perKiloCents(name, zone) + surcharges;
	const vat = vatCents(netCents, zone === "island");
	return { netCents, vatCents: vat, grossCents: netCents + vat };
}
