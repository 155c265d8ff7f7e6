/** What stands below a question, and what comes back when it is pressed. Pure. */
import type { Button } from "../chat/port.ts";

type Press =
	| { readonly kind: "approve" | "reject" | "diff" | "back"; readonly key: string }
	/** Why it is rejected, by its number in `whys`. */
	| { readonly kind: "why"; readonly key: string; readonly index: number }
	/** One of the choices of a wish; undefined for none of them. */
	| { readonly kind: "choice"; readonly key: string; readonly index: number | undefined };

/** What the author of the next attempt reads. */
export const whys = ["not wanted", "wrong approach", "too risky", "needs tests"] as const;

export function buttonsOf(key: string): Button[][] {
	return [
		[
			{ label: "Approve", data: `y:${key}` },
			{ label: "Reject", data: `n:${key}` },
		],
		[{ label: "Show diff", data: `d:${key}` }],
	];
}

export function whyButtons(key: string): Button[][] {
	const all = whys.map((why, index) => ({ label: `Reject: ${why}`, data: `r:${key}:${index}` }));
	return [...all.map((button) => [button]), [{ label: "Back", data: `b:${key}` }]];
}

export function choiceButtons(key: string, labels: readonly string[], none: string): Button[][] {
	return [
		...labels.map((label, index) => [{ label: label.slice(0, labelMax), data: `w:${key}:${index}` }]),
		[{ label: none, data: `w:${key}:x` }],
	];
}

/** As much as a phone shows of one. */
const labelMax = 60;

/** Undefined for what no button of ours holds. */
export function pressOf(data: string): Press | undefined {
	const match = /^([yndbrw]):([a-z0-9]{8})(?::([0-9]|x))?$/.exec(data);
	if (match === null) return undefined;
	const [, letter = "", key = "", which] = match;
	if (letter === "w") return which === undefined ? undefined : { kind: "choice", key, index: numberOf(which) };
	if (letter === "r") {
		const index = numberOf(which);
		return index === undefined || index >= whys.length ? undefined : { kind: "why", key, index };
	}
	const kind = ({ y: "approve", n: "reject", d: "diff", b: "back" } as const)[letter];
	return kind === undefined || which !== undefined ? undefined : { kind, key };
}

function numberOf(which: string | undefined): number | undefined {
	return which === undefined || which === "x" ? undefined : Number(which);
}
