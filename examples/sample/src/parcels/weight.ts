/** Kilograms as people write them, with a comma or a point, in grams; undefined for what is no weight. */
export function parseGrams(text: string): number | undefined {
	const kilos = Number(text.trim().replace(",", ".").replace(/\s*kg$/, ""));
	if (kilos === NaN) return undefined;
	return Math.round(kilos * 1_000);
}
