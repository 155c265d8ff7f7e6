/**
 * The limits of providers: who may be called now, and what a call's end means for all who use the same one. What is
 * known stands in the log, so that a pause holds for every process and over restarts, and nothing has to be asked.
 */
import { type FactoryState, own } from "@shopfloor/core";
import { type Clock, currentState, type Floor, type Lease } from "@shopfloor/core/io";
import type { Agent } from "../port/agent.ts";
import type { Outcome } from "../port/outcome.ts";
import { type MayCall, mayCall } from "./may-call.ts";
import { newsOfAnswer, newsOfTrouble } from "./news.ts";
import { retrying } from "./retrying.ts";

export type Admission =
	| {
			readonly kind: "go";
			/** To be called when the call is over and told. */
			done(): Promise<void>;
	  }
	| Extract<MayCall, { kind: "paused" | "stopped" }>;

export interface Providers {
	/** Asked before a call. Refused, the call burns no attempt: nothing was tried. A person may have paused the agent alone. */
	admit(provider: string, agent?: string): Promise<Admission>;
	/** The same agent, trying again within its limits where that helps. */
	patient(agent: Agent): Agent;
	/** Told after the call was settled; pauses or stops the provider where it must be. */
	tell(provider: string, outcome: Outcome): Promise<void>;
}

export interface ProvidersOptions {
	readonly floor: Pick<Floor, "log" | "leases">;
	readonly by: string;
	readonly clock: Clock;
	/** From 0 up to 1. */
	readonly random?: () => number;
}

/** A trial that stands still for this long leaves it to the next one. */
const probeTtlMs = 60_000;

export function openProviders({ floor, by, clock, random = Math.random }: ProvidersOptions): Providers {
	async function admit(provider: string, agent = provider): Promise<Admission> {
		const found = mayCall(await currentState(floor), provider, clock.now(), agent);
		if (found.kind === "yes") return { kind: "go", done: async () => {} };
		if (found.kind !== "probe") return found;
		const lease = await floor.leases.tryHold(`probe-${provider}`, { slots: 1, ttlMs: probeTtlMs });
		if (lease === undefined) return { kind: "paused", reason: `another session finds out whether ${provider} is back` };
		return await secondLook(provider, lease);
	}

	/** Whoever had the lease before may have brought news. */
	async function secondLook(provider: string, lease: Lease): Promise<Admission> {
		const found = mayCall(await currentState(floor), provider, clock.now());
		if (found.kind === "probe") return { kind: "go", done: () => lease.release() };
		await lease.release();
		return found.kind === "yes" ? { kind: "go", done: async () => {} } : found;
	}

	async function tell(provider: string, outcome: Outcome): Promise<void> {
		const state = await currentState(floor);
		const trouble = own(state.providers, provider);
		if (trouble === undefined) return await lift(state, provider, outcome);
		// A pause for this trouble stands, or stood and was lifted.
		if (trouble.until !== undefined) return;
		const until = outcome.kind === "limited" ? outcome.until : undefined;
		await floor.log.append(newsOfTrouble(provider, trouble, until, { by, nowMs: clock.now(), random }));
	}

	/** The scheduler lifts what is over, too; here nobody has to wait for it. */
	async function lift({ steering: { pauses } }: FactoryState, provider: string, outcome: Outcome): Promise<void> {
		const pause = own(pauses, provider);
		if (outcome.kind !== "done" || pause?.until === undefined || Date.parse(pause.until) > clock.now()) return;
		await floor.log.append(newsOfAnswer(provider, pause.at, by));
	}

	return { admit, patient: (agent) => retrying(agent, { clock, random }), tell };
}
