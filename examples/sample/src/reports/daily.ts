import { euros, sumOf } from "../money/money.js";
import type { Parcel } from "../parcels/parcel.js";
import { averageGrams } from "./average.js";
import { type Delivery, onTimeShare } from "./on-time.js";

export interface Day {
	readonly date: string;
	readonly parcels: readonly Parcel[];
	readonly takings: readonly { readonly cents: number }[];
	readonly deliveries: readonly Delivery[];
}

/** For the board beside the door. */
export function dailyReport({ date, parcels, takings, deliveries }: Day): string[] {
	const share = onTimeShare(deliveries);
	return [
		date,
		`${parcels.length} parcels, ${Math.round(averageGrams(parcels))} g on average`,
		euros(sumOf(takings)),
		share === null ? "nothing delivered" : `${Math.round(share * 100)} % on time`,
	];
}
