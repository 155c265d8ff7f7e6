/** What the API answers to one request. */

export type Reply = Granted | Refused;

export interface Granted {
	readonly kind: "granted";
	readonly result: unknown;
	/** A few methods tell more. */
	readonly description?: string;
}

export interface Refused {
	readonly kind: "refused";
	readonly status: number;
	readonly description: string;
	readonly retryAfterS?: number;
	/** Whoever asked broke a rule. What life brings, such as a person who blocks the bot, is nobody's fault. */
	readonly isFault: boolean;
}

export function granted(result: unknown, description?: string): Granted {
	return { kind: "granted", result, ...(description === undefined ? {} : { description }) };
}

/** A rule was broken. */
export function faulty(why: string): Refused {
	return { kind: "refused", status: 400, description: `Bad Request: ${begun(why)}`, isFault: true };
}

/** Well asked, and in vain. */
export function inVain(why: string): Refused {
	return { kind: "refused", status: 400, description: `Bad Request: ${begun(why)}`, isFault: false };
}

export function forbidden(why: string): Refused {
	return { kind: "refused", status: 403, description: `Forbidden: ${why}`, isFault: false };
}

export function tooMany(retryAfterS: number): Refused {
	const description = `Too Many Requests: retry after ${retryAfterS}`;
	return { kind: "refused", status: 429, description, retryAfterS, isFault: false };
}

export function bodyOf(reply: Reply): Record<string, unknown> {
	if (reply.kind === "granted") {
		const { result, description } = reply;
		return { ok: true, result, ...(description === undefined ? {} : { description }) };
	}
	const { status, description, retryAfterS } = reply;
	const parameters = retryAfterS === undefined ? {} : { parameters: { retry_after: retryAfterS } };
	return { ok: false, error_code: status, description, ...parameters };
}

/** A sentence begins small after the prefix, a code such as BUTTON_DATA_INVALID stays. */
function begun(why: string): string {
	return /^[A-Z][A-Z_]/.test(why) ? why : why.charAt(0).toLowerCase() + why.slice(1);
}
