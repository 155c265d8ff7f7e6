/** What is said of a fault that is not the caller's. */
import { isShopfloorError } from "@shopfloor/core/io";
import { type Answer, refusal, retryAfter } from "./problem.ts";

export function troubleOf(error: unknown): Answer {
	// Nothing was acknowledged, so the same request may come again.
	if (isShopfloorError(error, "disk-full", "disk-error", "lock-busy", "lock-lost"))
		return refusal("unavailable", { headers: retryAfter(againMs) });
	if (isShopfloorError(error, "bad-draft")) return refusal("invalid", { detail: error.message });
	process.stderr.write(`webhook-gateway: a request failed: ${error instanceof Error ? error.stack : String(error)}\n`);
	return refusal("fault");
}

const againMs = 10_000;
