/** To whole cents. A half goes to the even neighbour, so that a month of halves evens out. */
export function roundCents(cents: number): number {
	return Math.round(cents);
}
