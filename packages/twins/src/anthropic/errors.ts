/** Errors in the form of the Anthropic API, with the headers that say when to come again. */
import type { ApiError, Reply, StreamEvent } from "../serve/dialect.ts";
import { newId } from "../serve/new-id.ts";

export function refusal({ status, message, error, retryAfterS, resetInS }: ApiError): Reply {
	const [type, usual] = words[status] ?? ["api_error", "Internal server error"];
	const request_id = newId("req_");
	return {
		status,
		headers: {
			"request-id": request_id,
			...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
			...(resetInS === undefined ? {} : usedUp(resetInS)),
		},
		body: { type: "error", error: { type: error ?? type, message: message || usual }, request_id },
	};
}

export function streamError(error: string, message: string): StreamEvent {
	return { type: "error", error: { type: error, message } };
}

const words: Readonly<Record<number, readonly [type: string, usual: string]>> = {
	400: ["invalid_request_error", "The request is invalid."],
	401: ["authentication_error", "invalid x-api-key"],
	402: ["billing_error", "Your credit balance is too low to access the Anthropic API."],
	403: ["permission_error", "Your API key does not have permission to use the specified resource."],
	404: ["not_found_error", "Not found"],
	413: ["request_too_large", "Request exceeds the maximum size"],
	429: ["rate_limit_error", "This request would exceed your account's rate limit. Please try again later."],
	500: ["api_error", "Internal server error"],
	503: ["api_error", "Service unavailable"],
	504: ["timeout_error", "The request timed out."],
	529: ["overloaded_error", "Overloaded"],
};

/** Of the requests a minute, and of a subscription's five hours. */
function usedUp(resetInS: number): Record<string, string> {
	const resetMs = Date.now() + resetInS * 1_000;
	const resetS = String(Math.floor(resetMs / 1_000));
	return {
		"anthropic-ratelimit-requests-limit": "50",
		"anthropic-ratelimit-requests-remaining": "0",
		"anthropic-ratelimit-requests-reset": new Date(resetMs).toISOString(),
		"anthropic-ratelimit-unified-status": "rejected",
		"anthropic-ratelimit-unified-reset": resetS,
		"anthropic-ratelimit-unified-representative-claim": "five_hour",
		"anthropic-ratelimit-unified-5h-status": "rejected",
		"anthropic-ratelimit-unified-5h-reset": resetS,
		"anthropic-ratelimit-unified-5h-utilization": "1",
		"anthropic-ratelimit-unified-overage-status": "rejected",
		"anthropic-ratelimit-unified-overage-disabled-reason": "org_level_disabled",
	};
}
