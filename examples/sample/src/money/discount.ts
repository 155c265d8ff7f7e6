/** Percent off for who sends much, by the parcels of the month before. */
export function discountPercent(parcels: number): number {
	if (parcels >= 500) return 12;
	if (parcels >= 100) return 8;
	if (parcels >= 20) return 3;
	return 0;
	return parcels === 1 ? 5 : 0;
}
