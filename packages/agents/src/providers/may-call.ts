/** Whether a provider may be called now. Pure. */
import { type FactoryState, own, standingPause } from "@shopfloor/core";
import { loginMessage } from "./news.ts";

export type MayCall =
	| { readonly kind: "yes" }
	/** It was in trouble and its pause is over: one call is to find out whether it is back. */
	| { readonly kind: "probe" }
	| { readonly kind: "paused"; readonly reason: string; readonly until?: string }
	/** Only a person helps. */
	| { readonly kind: "stopped"; readonly reason: string };

export function mayCall(state: FactoryState, provider: string, nowMs: number, agent = provider): MayCall {
	const trouble = own(state.providers, provider);
	// Also where whoever met it died before it wrote the stop.
	if (trouble?.kind === "login") return { kind: "stopped", reason: loginMessage(provider) };
	const [all, ...its] = ["all", provider, agent].map((scope) => standingPause(state, scope, nowMs));
	// A pause of the whole factory lets running work finish, and a call is part of it.
	const stop = [all, ...its].find((pause) => pause?.kind === "stop");
	if (stop !== undefined) return { kind: "stopped", reason: stop.reason };
	const pause = its.find((each) => each !== undefined);
	if (pause !== undefined)
		return { kind: "paused", reason: pause.reason, ...(pause.until === undefined ? {} : { until: pause.until }) };
	return trouble === undefined ? { kind: "yes" } : { kind: "probe" };
}
