/**
 * Asks whoever serves a role, in the order that a person chose: the first that does it, or tried and failed, has the
 * word. One that cannot (the built-in one in front of a paid one), cannot be reached, takes nothing more for now, or
 * costs more than there is, is passed over.
 */
import {
	builtinAgent,
	type FactoryConfig,
	oneLine,
	own,
	pauseFor,
	serversOf,
	standingPause,
	withoutValues,
} from "@shopfloor/core";
import { type Clock, currentState, type FileFloor, type SecretStore, secretStore } from "@shopfloor/core/io";
import { builtinAgent as openBuiltin } from "../builtin/agent.ts";
import { inputGate, type Reused } from "../inputs/input-gate.ts";
import type { Job, Limits } from "../port/job.ts";
import type { Outcome } from "../port/outcome.ts";
import { openProviders } from "../providers/providers.ts";
import { estimateUsd } from "../purse/estimate.ts";
import { type Paid, pay } from "../purse/pay.ts";
import { openPurse } from "../purse/purse.ts";
import { agentMounts } from "../sandbox/agent-mounts.ts";
import { inRoom } from "./in-room.ts";
import { limitsFor } from "./limits.ts";
import { type AgentsWorld, isFree, type Opened, openAgent } from "./open-agent.ts";
import { providerOf } from "./provider-of.ts";
import { whyNot } from "./why-not.ts";

/** Keys, rooms and calls lie in the floor's own folder. */
export interface CrewOptions extends Pick<AgentsWorld, "session" | "runner" | "path"> {
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
	/** `<name>@<hash>` of the prompt that was rendered, for the log. */
	readonly version?: string;
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
	/** It looked, and there is nothing that it could do. */
	readonly cannot?: true;
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
	const secrets = secretStore(floor.stateDir);
	const gate = inputGate(floor.records, clock);
	const builtin = openBuiltin();
	const world: AgentsWorld = {
		session,
		runner: options.runner,
		path: options.path,
		stateDir: floor.stateDir,
		secrets,
		mounts: agentMounts,
		leases: floor.leases,
		estimate: async (model, tokens) =>
			(await estimateUsd(model, tokens, { prices: budget.prices, nowMs: clock.now() })).usd,
	};
	return { ask, close: () => builtin.close() };

	async function ask(given: Asking): Promise<Answered> {
		const { once, access, keep, resume } = given;
		if (once !== undefined && (access === "write" || keep || resume !== undefined))
			throw new Error("what is written, or gone on with, cannot be an answer that is given again");
		// Read for each question: a key that was stored a moment ago is one, too.
		const clean = withoutValues(valuesOf(secrets));
		const show = (line: string) => given.show(clean(oneLine(line)));
		const asking = { ...given, prompt: clean(given.prompt), show };
		const reasons: Reason[] = [];
		const held = await heldBack(asking);
		if (held !== undefined) return { kind: "nobody", reasons: [held] };
		for (const name of asking.agent === undefined ? serversOf(config.roles, asking.role) : [asking.agent]) {
			const called = name === builtinAgent ? await call(name, asking, clean) : await callInRoom(name, asking, clean);
			if (called.kind !== "reason" && !isPassedOver(called.outcome)) {
				const usd = called.kind === "called" ? called.charge.usd : 0;
				return { kind: "answered", agent: name, outcome: called.outcome, usd, reused: called.kind === "reused" };
			}
			const reason = called.kind === "reason" ? called.reason : whyPassedOver(called.outcome);
			reasons.push({ agent: name, ...reason });
			show(`${name} does not do it: ${reason.why}`);
		}
		return { kind: "nobody", reasons };
	}

	/** A stop of anything that it is part of, or a pause of its role. */
	async function heldBack({ role, agent = role }: Asking): Promise<Reason | undefined> {
		const state = await currentState(floor);
		const stop = pauseFor(state, clock.now(), role, session);
		const pause = stop?.kind === "stop" ? stop : standingPause(state, role, clock.now());
		if (pause === undefined) return undefined;
		return { agent, why: pause.reason, ...(pause.until === undefined ? {} : { until: pause.until }) };
	}

	async function callInRoom(name: string, asking: Asking, clean: (text: string) => string): Promise<Called> {
		const { signal, show } = asking;
		const called = await inRoom(floor.leases, { session, signal, show }, (signal) =>
			call(name, { ...asking, signal }, clean),
		);
		return called ?? { kind: "reason", reason: { why: `another run of ${session} is under way` } };
	}

	async function call(name: string, asking: Asking, clean: (text: string) => string): Promise<Called> {
		const { agent: _only, task, ticket, version, once, limits, ...job } = asking;
		const opened = open(name);
		if (opened.kind === "unable") return { kind: "reason", reason: { why: opened.why } };
		const agentConfig = own(agents, name);
		const model = agentConfig?.model === undefined ? {} : { model: agentConfig.model };
		const provider = providerOf(agents, name);
		const payer = {
			agent: name,
			...(provider !== name && { provider }),
			session,
			...model,
			...(task !== undefined && { task }),
			...(ticket !== undefined && { ticket }),
			...(version !== undefined && { prompt: version }),
			free: isFree(name, agentConfig),
		};
		const bounded = { ...job, limits: { ...limitsFor(job.role, budget.perCall), ...limits } };
		const paying = async (): Promise<Paid> => cleaned(await pay(till, payer, opened.agent, bounded), clean);
		const { role, prompt, show, answer, access } = job;
		const question = { role, agent: name, prompt, show, ...model };
		const paid =
			once === undefined
				? await paying()
				: await gate.once({ ...question, key: once.key, inputs: [once.inputs, answer ?? null, access] }, paying);
		return paid.kind === "called" || paid.kind === "reused" ? paid : { kind: "reason", reason: whyNot(paid) };
	}

	function open(name: string): Opened {
		if (name === builtinAgent) return { kind: "agent", agent: builtin };
		const found = own(agents, name);
		if (found === undefined) throw new Error(`there is no agent ${name} in the configuration`);
		return openAgent(world, name, found);
	}
}

type Called =
	| Extract<Paid, { kind: "called" }>
	| Reused
	| { readonly kind: "reason"; readonly reason: Omit<Reason, "agent"> };

/** Nothing came of it, and the next one may fare better: it is another program, or another provider. */
function isPassedOver(outcome: Outcome): boolean {
	if (outcome.kind === "refused") return outcome.code === "cannot";
	if (outcome.kind === "failed") return passing.has(outcome.code);
	return outcome.kind === "limited";
}

const passing = new Set(["not-started", "login", "overloaded", "network"]);

function whyPassedOver(outcome: Outcome): Omit<Reason, "agent"> {
	const why = "detail" in outcome ? outcome.detail : outcome.text;
	return { why, ...untilOf(outcome), ...(outcome.kind === "refused" && { cannot: true }) };
}

function untilOf(outcome: Outcome): { readonly until?: string } {
	return outcome.kind === "limited" && outcome.until !== undefined ? { until: outcome.until } : {};
}

/** Whatever an agent says is told to people and kept. What it gave as data is cleaned in its texts. */
function cleaned(paid: Paid, clean: (text: string) => string): Paid {
	return JSON.parse(JSON.stringify(paid), (_key, value) => (typeof value === "string" ? clean(value) : value));
}

function valuesOf(secrets: SecretStore): string[] {
	return secrets.list().flatMap(({ name }) => secrets.get(name) ?? []);
}
