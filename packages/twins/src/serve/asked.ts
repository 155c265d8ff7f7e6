/** What was asked of a twin, as it is kept for the test that looks. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

export interface Asked {
	readonly method: string;
	/** Without the query. */
	readonly path: string;
	readonly query: string;
	/** Keys are hidden. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed; undefined where there is none or it is no JSON. */
	readonly body: unknown;
	/** Why the body could not be read as JSON. */
	readonly unreadable?: string;
}

/** A rule of the API that was broken, or a request that the script has no turn for. */
export interface Fault {
	readonly kind: "protocol" | "unscripted";
	/** As the API says it. */
	readonly message: string;
	readonly path: string;
}

export function askedBy(request: IncomingMessage, text: string): Asked {
	const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
	const headers = withoutKeys(request.headers);
	const asked = { method: request.method ?? "GET", path, query, headers };
	if (text === "") return { ...asked, body: undefined };
	try {
		return { ...asked, body: JSON.parse(text) as unknown };
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return { ...asked, body: undefined, unreadable: error.message };
	}
}

const keyHeaders = new Set(["authorization", "x-api-key", "cookie", "proxy-authorization"]);
const hidden = "(hidden)";

/** That there is a key is worth knowing, and its scheme; the key is not. */
function withoutKeys(headers: IncomingHttpHeaders): Record<string, string> {
	const kept = Object.entries(headers).map(([name, value]) => {
		const text = String(value ?? "");
		if (!keyHeaders.has(name) || text === "") return [name, text];
		return [name, /^bearer ./i.test(text) ? `Bearer ${hidden}` : hidden];
	});
	return Object.fromEntries(kept);
}
