/** What a provider's refusal means, from its status where there is one and from its words where there is none. */
import type { Ending } from "../port/outcome.ts";

export interface Trouble {
	readonly status?: number | undefined;
	readonly text: string;
	/** Seconds since 1970, as providers tell it. */
	readonly resetsAtS?: number | undefined;
}

export function troubleOf(trouble: Trouble): Ending {
	const { status, text: detail } = trouble;
	switch (kindOf(trouble)) {
		case "limited": {
			const until = resetOf(trouble);
			return { kind: "limited", detail, ...(until === undefined ? {} : { until }) };
		}
		case "login":
			return { kind: "failed", code: "login", detail };
		case "overloaded":
			return { kind: "failed", code: "overloaded", detail };
		case "rejected":
			return { kind: "failed", code: "rejected", detail };
		default:
			return { kind: "failed", code: status === undefined ? "network" : "rejected", detail };
	}
}

function kindOf({ status, text }: Trouble): "limited" | "login" | "overloaded" | "rejected" | undefined {
	if (
		/not logged in|please run \/login|invalid api key|token (has )?(expired|been revoked)|authentication_(error|failed)/i.test(
			text,
		)
	)
		return "login";
	if (/usage limit|rate.?limit|quota|too many requests|insufficient_quota/i.test(text)) return "limited";
	if (status !== undefined) return ofStatus(status);
	const named = /\b(?:status|error)\W{0,2}\s?(\d{3})\b/i.exec(text)?.[1];
	if (named !== undefined) return ofStatus(Number(named));
	return /overloaded|at capacity/i.test(text) ? "overloaded" : undefined;
}

function ofStatus(status: number): "limited" | "login" | "overloaded" | "rejected" {
	if (status === 401 || status === 403) return "login";
	if (status === 429) return "limited";
	return status >= 500 ? "overloaded" : "rejected";
}

/** Told apart, or written behind a bar in the words, as usage limits are. */
function resetOf({ resetsAtS, text }: Trouble): string | undefined {
	const seconds = resetsAtS ?? Number(/limit reached\|(\d{10})\b/.exec(text)?.[1] ?? Number.NaN);
	return Number.isFinite(seconds) && seconds > 0 && seconds < farthestS
		? new Date(seconds * 1000).toISOString()
		: undefined;
}

/** The year 2100; beyond it the number is none of seconds. */
const farthestS = 4_102_444_800;
