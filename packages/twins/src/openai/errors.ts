/** Errors in the form of the OpenAI API, with the headers that say when to come again. */
import type { ApiError, Reply, StreamEvent } from "../serve/dialect.ts";
import { newId } from "../serve/new-id.ts";

export function refusal({ status, message, error, retryAfterS, resetInS }: ApiError): Reply {
	const { type, code, usual } = words[status] ?? { type: "server_error", code: null, usual: "Internal server error" };
	const isQuota = error === "usage_limit_reached" || error === "insufficient_quota";
	return {
		status,
		headers: {
			"x-request-id": newId("req_"),
			...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
			...(resetInS === undefined ? {} : usedUp(resetInS)),
		},
		body: {
			error: {
				message: message || usual,
				type: isQuota ? error : type,
				param: null,
				code: error ?? code,
				...(isQuota && resetInS !== undefined ? resets(resetInS) : {}),
			},
		},
	};
}

export function streamError(code: string, message: string): StreamEvent {
	const response = { id: newId("resp_"), object: "response", status: "failed", error: { code, message } };
	return { type: "response.failed", response };
}

interface Words {
	readonly type: string;
	readonly code: string | null;
	readonly usual: string;
}

const invalid = "invalid_request_error";

const words: Readonly<Record<number, Words>> = {
	400: { type: invalid, code: null, usual: "The request is invalid." },
	401: { type: invalid, code: "invalid_api_key", usual: "Incorrect API key provided." },
	403: { type: invalid, code: "permission_denied", usual: "You are not allowed to use this model." },
	404: { type: invalid, code: "model_not_found", usual: "The requested model does not exist." },
	413: { type: invalid, code: null, usual: "The request is too large." },
	426: { type: invalid, code: null, usual: "Upgrade Required" },
	429: { type: "requests", code: "rate_limit_exceeded", usual: "Rate limit reached for requests." },
	500: { type: "server_error", code: null, usual: "The server had an error while processing your request." },
	503: { type: "server_error", code: "server_is_overloaded", usual: "The server is overloaded." },
};

function usedUp(resetInS: number): Record<string, string> {
	return {
		"x-ratelimit-limit-requests": "500",
		"x-ratelimit-remaining-requests": "0",
		"x-ratelimit-reset-requests": `${resetInS}s`,
	};
}

/** Of a subscription, in the body of its error. */
function resets(resetInS: number) {
	const resets_at = Math.floor(Date.now() / 1_000) + resetInS;
	return { plan_type: "plus", resets_at, resets_in_seconds: resetInS };
}
