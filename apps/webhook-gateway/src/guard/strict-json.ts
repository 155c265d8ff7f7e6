/**
 * JSON that everybody reads in the same way: UTF-8, whole characters, no key twice, none that means something to
 * objects, not nested deeply. Pure.
 */
export type Strict =
	| { readonly kind: "value"; readonly value: unknown }
	| { readonly kind: "fault"; readonly fault: string };

export function strictJson(bytes: Uint8Array): Strict {
	try {
		const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
		const value: unknown = JSON.parse(text);
		const fault = faultIn(text);
		return fault === undefined ? { kind: "value", value } : { kind: "fault", fault };
	} catch (error) {
		return { kind: "fault", fault: error instanceof SyntaxError ? "it is no JSON" : "it is not UTF-8" };
	}
}

/** Of a text that is JSON: walks over strings and brackets; everything else says nothing. */
function faultIn(text: string): string | undefined {
	/** For each open bracket the keys so far; null in a list. */
	const open: (Set<string> | null)[] = [];
	let wantsKey = false;
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
		switch (token) {
			case "{":
			case "[":
				open.push(token === "{" ? new Set() : null);
				if (open.length > depthMax) return `it is nested more than ${depthMax} deep`;
				wantsKey = token === "{";
				break;
			case "}":
			case "]":
				open.pop();
				wantsKey = false;
				break;
			case ",":
				wantsKey = open.at(-1) !== null;
				break;
			default: {
				const word = JSON.parse(token) as string;
				if (/\p{Surrogate}/u.test(word)) return "it holds half a character";
				if (!wantsKey) break;
				const keys = open.at(-1);
				if (keys?.has(word)) return `a key stands twice: ${token.slice(0, shownMax)}`;
				if (reserved.includes(word)) return `no key may be called ${token}`;
				keys?.add(word);
				wantsKey = false;
			}
		}
	}
	return undefined;
}

/** What is asked for here lies flat; GitHub's events are seven deep. */
const depthMax = 16;
const shownMax = 60;
const reserved = ["__proto__", "constructor", "prototype"];
