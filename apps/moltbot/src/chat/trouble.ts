/** What an error of the Bot API, or of the way there, means for whoever asked. Pure. */
import type { Trouble } from "./port.ts";

/** As Telegram answers, or as the client of it throws. */
export interface ApiFault {
	/** The status; undefined where there was no answer, or none that can be read. */
	readonly code: number | undefined;
	readonly description: string;
	readonly retryAfterS: number | undefined;
}

export function troubleOf({ code, description: why, retryAfterS }: ApiFault): Trouble {
	if (code === 429) return { kind: "wait", ms: Math.min(retryAfterS ?? retryAfterDefaultS, retryAfterMaxS) * 1_000 };
	if (code === 409) return { kind: "conflict", why };
	// A token that never was one has no address there.
	if (code === 401 || code === 404) return { kind: "unauthorised", why };
	if (code !== undefined && code >= 400 && code < 500) return { kind: "refused", why };
	return { kind: "unreachable", why };
}

/** Where it says no time. */
const retryAfterDefaultS = 5;
/** Nobody is kept waiting for longer than this on a stranger's word. */
const retryAfterMaxS = 600;
