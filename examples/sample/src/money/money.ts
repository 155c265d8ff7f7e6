/** Money is whole cents everywhere; only what people read has a point in it. */
export function euros(cents: number): string {
	const sign = cents < 0 ? "-" : "";
	const text = String(Math.abs(cents)).padStart(3, "0");
	return `${sign}${text.slice(0, -2)}.${text.slice(-2)} €`;
}

export function sumOf(amounts: readonly { readonly cents: number }[]): number {
	return amounts.reduce((sum, { cents }) => sum + cents, 0);
}
