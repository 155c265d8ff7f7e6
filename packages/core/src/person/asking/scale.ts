/** A person's word on how many sessions are given tasks. */

export type Scale =
	/** The note of a `scale` trigger. */
	| { readonly kind: "scale"; readonly note: string }
	| { readonly kind: "no-number" }
	| { readonly kind: "too-many"; readonly configured: number };

/** `configured`: how many sessions there are; 0 where nobody knows. */
export function scaleOf(word: string, configured: number): Scale {
	if (word === auto) return { kind: "scale", note: auto };
	if (!/^\d{1,2}$/.test(word)) return { kind: "no-number" };
	if (configured > 0 && Number(word) > configured) return { kind: "too-many", configured };
	return { kind: "scale", note: String(Number(word)) };
}

/** Nobody's word: the scheduler finds it out. */
export const auto = "auto";
