/** What the log is told of a provider in trouble, once for all who meet it. Pure. */
import { type Draft, type Trouble, toMs } from "@shopfloor/core";
import { jitterMs, pauseMs } from "./backoff.ts";

interface Now {
	readonly by: string;
	readonly nowMs: number;
	readonly random: () => number;
}

/** `until`: when the provider said that it is back, if it did. */
export function newsOfTrouble(provider: string, trouble: Trouble, until: string | undefined, now: Now): Draft[] {
	const id = `trouble:${provider}:${trouble.seq}`;
	const pause = { type: "paused", by: now.by, id: `${id}:paused` } as const;
	if (trouble.kind === "login") {
		const message = loginMessage(provider);
		return [
			{ ...pause, data: { scope: provider, kind: "stop", reason: message } },
			{
				type: "alert",
				by: now.by,
				id: `${id}:alert`,
				data: { code: "provider-login", severity: "error", message, subject: provider },
			},
		];
	}
	const end = new Date(endOf(trouble, until, now)).toISOString();
	return [{ ...pause, data: { scope: provider, kind: "pause", reason: reasons[trouble.kind](provider), until: end } }];
}

export function newsOfAnswer(provider: string, pausedAt: string, by: string): Draft[] {
	const reason = `${provider} answers again`;
	return [{ type: "resumed", by, id: `answers:${provider}:${pausedAt}`, data: { scope: provider, reason } }];
}

export function loginMessage(provider: string): string {
	return `${provider} is logged out, or its key was taken back. Log in again, then type: npx shopfloor resume ${provider}`;
}

const reasons = {
	limited: (provider: string) => `${provider} takes no more for now: its limit is reached`,
	overloaded: (provider: string) => `${provider} is overloaded`,
	network: (provider: string) => `${provider} cannot be reached`,
};

/** Limits are by the hour, the day or the week; a reset beyond that was misread. */
const resetMaxMs = 8 * 24 * 3_600_000;

function endOf({ inARow }: Trouble, until: string | undefined, { nowMs, random }: Now): number {
	const reset = until === undefined ? Number.NaN : toMs(until);
	const waitMs = reset > nowMs && reset - nowMs <= resetMaxMs ? reset - nowMs : pauseMs(inARow);
	return Math.ceil(nowMs + waitMs + jitterMs(waitMs, random));
}
