/** What a provider's refusal means, from its status where there is one and from its words where there is none. */
import type { Ending } from "../port/outcome.ts";

export interface Trouble {
	readonly status?: number | undefined;
	readonly text: string;
	/** What a person is told, where the text holds words that are for us alone. */
	readonly detail?: string;
	/** Seconds since 1970, as providers tell it. */
	readonly resetsAtS?: number | undefined;
}

export function troubleOf(trouble: Trouble): Ending {
	const { detail = trouble.text } = trouble;
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
		case "network":
			return { kind: "failed", code: "network", detail };
		case "length":
			return { kind: "incomplete", code: "length", detail };
		default:
			return { kind: "failed", code: "rejected", detail };
	}
}

type Kind = "limited" | "login" | "overloaded" | "rejected" | "length" | "network";

/** In this order: a text may say more than one of these. */
const words: readonly (readonly [Kind, RegExp])[] = [
	[
		"login",
		/not logged in|please run \/login|invalid api key|missing environment variable|token (has )?(expired|been revoked)|authentication_(error|failed)/i,
	],
	["limited", /usage limit|rate.?limit|quota|too many requests/i],
	["length", /max_output_tokens|output token maximum/i],
	["rejected", /invalid_request|context window|prompt is too long/i],
	[
		"network",
		/connect|ECONN|ENOTFOUND|EAI_AGAIN|network|fetch failed|socket|stream (disconnected|closed)|timed? ?out|unable to reach/i,
	],
	["overloaded", /overloaded|at capacity|high demand/i],
];

function kindOf({ status, text }: Trouble): Kind | undefined {
	const said = words.find(([, pattern]) => pattern.test(text))?.[0];
	if (said !== undefined) return said;
	const named = status ?? Number(/\b(?:status|error)\W{0,2}\s?(\d{3})\b/i.exec(text)?.[1] ?? Number.NaN);
	return Number.isNaN(named) ? undefined : ofStatus(named);
}

function ofStatus(status: number): Kind {
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
