import type { Ending } from "../../port/outcome.ts";

export type Ended = Ending;

/** What a role has to say: as a text, and in the forms in which it can be asked for. */
export interface Said {
	readonly kind: "said";
	readonly text: string;
	readonly forms: readonly unknown[];
}

export function said(text: string, ...forms: readonly unknown[]): Said {
	return { kind: "said", text: `${text}\n\n${signature}`, forms };
}

export function refused(why: string): Ended {
	return { kind: "refused", code: "cannot", detail: `The built-in agent cannot do it: ${why.replace(/\.$/, "")}.` };
}

/** Nobody is to take a template for a thought. */
const signature = "(Written by the built-in agent from facts; no model has read anything.)";
