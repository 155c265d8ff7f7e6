export interface Delivery {
	readonly parcel: string;
	readonly promisedDays: number;
	readonly takenDays: number;
}

/** Between 0 and 1; null where nothing was delivered, which is neither good nor bad. */
export function onTimeShare(deliveries: readonly Delivery[]): number | null {
	const onTime = deliveries.filter(({ promisedDays, takenDays }) => takenDays <= promisedDays).length;
	return onTime / deliveries.length;
}
