import { test } from "vitest";

/**
 * Sweeps that take minutes are taken in part by default, at least once for each kind of thing that they sweep over; with
 * `SHOPFLOOR_THOROUGH=1` they are taken whole.
 */
export const isThorough = process.env["SHOPFLOOR_THOROUGH"] === "1";

/** A long story that shorter ones tell in part: told only where sweeps are taken whole. */
export const inDepth = (isThorough ? test : () => {}) as typeof test;

/** The first of each kind, or all of them. */
export function sampled<T>(all: readonly T[], kindOf: (one: T) => string, whole = isThorough): T[] {
	const seen = new Set<string>();
	return all.filter((one) => {
		const kind = kindOf(one);
		if (!whole && seen.has(kind)) return false;
		seen.add(kind);
		return true;
	});
}
