/**
 * Asks whoever serves a role, in the order that a person chose: the first that does it, or refuses for good, has the
 * word. One that cannot (the built-in one in front of a paid one), takes nothing more for now, or costs more than there
 * is, is passed over; nothing was tried with it then.
 */
import { builtinAgent, type FactoryConfig, serversOf } from "@shopfloor/core";
import type { Clock, FileFloor } from "@shopfloor/core/io";
import { builtinAgent as openBuiltin } from "../builtin/agent.ts";
import { inputGate } from "../inputs/input-gate.ts";
import type { Agent } from "../port/agent.ts";
import type { Job, Limits } from "../port/job.ts";
import type { Outcome } from "../port/outcome.ts";
import { openProviders } from "../providers/providers.ts";
import { estimateUsd } from "../purse/estimate.ts";
import { type Paid, pay } from "../purse/pay.ts";
import { openPurse } from "../purse/purse.ts";
import { limitsFor } from "./limits.ts";
import { type AgentsWorld, isFree, openAgent } from "./open-agent.ts";
import { whyNot } from "./why-not.ts";

export interface CrewOptions extends Omit<AgentsWorld, "estimate" | "leases"> {
	readonly config: Pick<FactoryConfig, "agents" | "roles" | "budget">;
	readonly floor: FileFloor;
	readonly clock: Clock;
	/** Who writes to the log. */
	readonly by: string;
}

export interface Asking extends Omit<Job, "limits"> {
	readonly limits?: Partial<Limits>;
	/** Nobody but this one. */
	readonly agent?: string;
	readonly task?: string;
	readonly ticket?: string;
	/** Set where an answer may be given again: what it is about, and all that it depends on besides the prompt. */
	readonly once?: { readonly key: string; readonly inputs: unknown };
}

export type Answered =
	| {
			readonly kind: "answered";
			readonly agent: string;
			readonly outcome: Outcome;
			readonly usd: number;
			readonly reused: boolean;
	  }
	| { readonly kind: "nobody"; readonly reasons: readonly Reason[] };

export interface Reason {
	readonly agent: string;
	readonly why: string;
	/** When it is worth asking again. */
	readonly until?: string;
}

export interface Crew {
	ask(asking: Asking): Promise<Answered>;
	/** Resolves when nothing of it is left running. */
	close(): Promise<void>;
}

export function openCrew(options: CrewOptions): Crew {
	const { config, floor, clock, by, session } = options;
	const { agents, budget } = config;
	const till = {
		purse: openPurse({ floor, by, budget, clock }),
		providers: openProviders({ floor, by, clock }),
	};
	const gate = inputGate(floor.records, clock);
	const builtin = openBuiltin();
	const world: AgentsWorld = {
		...options,
		leases: floor.leases,
		estimate: async (model, tokens) =>
			(await estimateUsd(model, tokens, { prices: budget.prices, nowMs: clock.now() })).usd,
	};
	return { ask, close: () => builtin.close() };

	async function ask(asking: Asking): Promise<Answered> {
		const reasons: Reason[] = [];
		for (const name of asking.agent === undefined ? serversOf(config.roles, asking.role) : [asking.agent]) {
			const paid = await call(name, asking);
			if (paid.kind === "called" || paid.kind === "reused") {
				const { outcome } = paid;
				const passed = outcome.kind === "refused" && outcome.code === "cannot";
				const usd = paid.kind === "called" ? paid.charge.usd : 0;
				if (!passed && outcome.kind !== "limited")
					return { kind: "answered", agent: name, outcome, usd, reused: paid.kind === "reused" };
				reasons.push({ agent: name, why: outcome.detail, ...untilOf(outcome) });
			} else reasons.push({ agent: name, ...whyNot(paid) });
			asking.show(`${name} does not do it: ${reasons.at(-1)?.why}`);
		}
		return { kind: "nobody", reasons };
	}

	async function call(name: string, asking: Asking) {
		const { agent: _only, task, ticket, once, limits, ...job } = asking;
		const agentConfig = Object.hasOwn(agents, name) ? agents[name] : undefined;
		const model = agentConfig?.model === undefined ? {} : { model: agentConfig.model };
		const payer = {
			agent: name,
			session,
			...model,
			...(task !== undefined && { task }),
			...(ticket !== undefined && { ticket }),
			free: isFree(name, agentConfig),
		};
		const bounded = { ...job, limits: { ...limitsFor(job.role, budget.perCall), ...limits } };
		const paying = (): Promise<Paid> => pay(till, payer, agentNamed(name), bounded);
		if (once === undefined) return await paying();
		const { role, prompt, show } = job;
		return await gate.once({ role, agent: name, prompt, show, ...model, ...once }, paying);
	}

	function agentNamed(name: string): Agent {
		if (name === builtinAgent) return builtin;
		const found = Object.hasOwn(agents, name) ? agents[name] : undefined;
		if (found === undefined) throw new Error(`there is no agent ${name} in the configuration`);
		return openAgent(world, name, found);
	}
}

function untilOf(outcome: Outcome): { readonly until?: string } {
	return outcome.kind === "limited" && outcome.until !== undefined ? { until: outcome.until } : {};
}
