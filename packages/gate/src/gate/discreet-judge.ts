/** A judge whose words may be written down, in the log and in commits: without what nobody may read there. */
import type { Base, Judge } from "../landing/change.ts";
import { reasonMax } from "./reasons.ts";
import type { WithoutSecrets } from "./without-secrets.ts";

/** `discretion` is asked only where there is something to say. */
export function discreetJudge(judge: Judge, discretion: (base: Base) => Promise<WithoutSecrets>): Judge {
	const { probe, brought } = judge;
	return {
		...judge,
		async judge(tree, base, asked) {
			const judged = await judge.judge(tree, base, asked);
			if (judged.kind === "bad") return { ...judged, reasons: await told(base, judged.reasons) };
			if (judged.kind === "unknown") return { ...judged, why: await toldWhy(base, judged.why) };
			return judged;
		},
		...(probe === undefined
			? {}
			: {
					async probe(tree, base, suspects, asked) {
						const probed = await probe(tree, base, suspects, asked);
						return probed.kind === "bad" ? { ...probed, reasons: await told(base, probed.reasons) } : probed;
					},
				}),
		...(brought === undefined
			? {}
			: {
					async brought(change, base, asked) {
						const found = await brought(change, base, asked);
						return found.kind === "unknown" ? { ...found, why: await toldWhy(base, found.why) } : found;
					},
				}),
	};

	async function told(base: Base, reasons: readonly string[]): Promise<string[]> {
		const withoutSecrets = await discretion(base);
		// Cut only afterwards: half of a value is not found.
		return await Promise.all(reasons.map(async (reason) => (await withoutSecrets(reason)).slice(0, reasonMax)));
	}

	async function toldWhy(base: Base, why: string): Promise<string> {
		return await (await discretion(base))(why);
	}
}
