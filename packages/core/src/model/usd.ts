/** `$1.50`: for people. */
export function showUsd(usd: number): string {
	return `$${usd.toFixed(2)}`;
}
