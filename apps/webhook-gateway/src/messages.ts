/** Every sentence that the gateway says, to callers and into the log. */
import { closest, cut, type DataOf, oneLine } from "@shopfloor/core";

type Alert = DataOf<"alert">;

export const tooMuchWaits = "too many requests for work wait for an answer; ask again when some are done";
export const tooManyListeners = "too many listen already";
export const noteMissing = "a rejection says why";

export function nobodyThere(name: string | undefined, kind: "away" | "held"): string {
	if (name === undefined || kind === "away")
		return `${name ?? "nobody"} does not run; it is done as soon as that process runs`;
	return `${name} is held by a pause or a stop; it is done when that is lifted`;
}

export function unknownChange(word: string): string {
	return `there is no change "${shown(word)}"`;
}

export function severalChanges(word: string, ids: readonly string[]): string {
	return `"${shown(word)}" is the beginning of ${ids.length}: ${ids.slice(0, namedMost).map(oneLine).join(", ")}`;
}

export function unknownSession(name: string): string {
	return `"${shown(name)}" is no session of this factory`;
}

export function unknownScope(scope: string, known: readonly string[]): string {
	const meant = closest(scope, known);
	const hint = meant === undefined ? "" : `; did you mean "${oneLine(meant)}"?`;
	return `"${shown(scope)}" is nothing that can be paused${hint}`;
}

export function notOpen({ status }: { readonly status: string }, question: { readonly state: string } | null): string {
	if (question?.state === "expired") return `the question has run out, and the change is ${status}`;
	if (question?.state === "answered") return `the question was answered, and the change is ${status}`;
	return `the change is ${status}, and no question about it is open`;
}

export function overtaken({ commit }: { readonly commit: string }, asked: string): string {
	return `the question is about ${asked.slice(0, 12)}, and the change stands at ${commit.slice(0, 12)}; nothing was written`;
}

export function quicker(by: string, answer: string): string {
	return `${oneLine(by)} was quicker, and said ${answer}; nothing was written`;
}

export function portTaken(address: string, why: string): Alert {
	return {
		code: "gateway-held-up",
		severity: "error",
		message: sentence(
			`nothing can be reached over HTTP: ${address} cannot be listened on (${why}). It is tried again every few seconds; another port is set by gateway.port`,
		),
	};
}

export function badSecret(why: string): Alert {
	return {
		code: "gateway-held-up",
		severity: "error",
		message: sentence(`nothing can be reached over HTTP: ${why}. A new one is made by: npx shopfloor webhook secret`),
	};
}

/** Where they came from is what a stranger says; it is an address all the same. */
export function manyRefused(count: number, address: string | undefined): Alert {
	const from = address === undefined ? "" : `, most of them from ${oneLine(address)}`;
	return {
		code: "http-refused",
		severity: "warning",
		message: sentence(
			`${count} requests without a valid credential were turned away${from}. A credential that you gave away may have run out; else somebody tries`,
		),
	};
}

function shown(word: string): string {
	return oneLine(cut(word, wordMax));
}

function sentence(text: string): string {
	return cut(text, sentenceMax);
}

const wordMax = 80;
const namedMost = 10;
/** What an entry takes. */
const sentenceMax = 2_000;
