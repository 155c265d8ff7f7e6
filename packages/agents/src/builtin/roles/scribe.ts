/** What a session did and where it is stuck, each with what proves it. It adds nothing of its own. */
import type { Facts } from "../facts.ts";
import { type Ended, refused, type Said, said } from "./said.ts";

export function report({ did, stuck }: Facts): Said | Ended {
	if (!did && !stuck) return refused("the prompt holds no facts to report");
	const part = (title: string, claims: Facts["did"]) => [
		title,
		...(claims?.length ? claims.map(({ text, cite }) => `- ${text} [${cite}]`) : ["- nothing that the log proves"]),
	];
	const text = [...part("Done:", did), ...part("Stuck:", stuck)].join("\n");
	const claims = (from: Facts["did"]) => (from ?? []).map(({ text, cite }) => ({ text, cite }));
	return said(
		text,
		{ did: claims(did), stuck: claims(stuck) },
		{ did: claims(did), stuck: claims(stuck), needs: [] },
		{ summary: text },
		{ text },
	);
}
