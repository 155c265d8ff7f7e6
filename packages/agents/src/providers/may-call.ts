/** Whether a provider may be called now. Pure. */
import type { FactoryState } from "@shopfloor/core";
import { loginMessage } from "./news.ts";
import { standingPause } from "./standing.ts";

export type MayCall =
	| { readonly kind: "yes" }
	/** It was in trouble and its pause is over: one call is to find out whether it is back. */
	| { readonly kind: "probe" }
	| { readonly kind: "paused"; readonly reason: string; readonly until?: string }
	/** Only a person helps. */
	| { readonly kind: "stopped"; readonly reason: string };

export function mayCall(state: FactoryState, provider: string, nowMs: number): MayCall {
	const trouble = Object.hasOwn(state.providers, provider) ? state.providers[provider] : undefined;
	// Also where whoever met it died before it wrote the stop.
	if (trouble?.kind === "login") return { kind: "stopped", reason: loginMessage(provider) };
	const [all, own] = ["all", provider].map((scope) => standingPause(state, scope, nowMs));
	// A pause of the whole factory lets running work finish, and a call is part of it.
	const stop = [all, own].find((pause) => pause?.kind === "stop");
	if (stop !== undefined) return { kind: "stopped", reason: stop.reason };
	if (own !== undefined)
		return { kind: "paused", reason: own.reason, ...(own.until === undefined ? {} : { until: own.until }) };
	return trouble === undefined ? { kind: "yes" } : { kind: "probe" };
}
