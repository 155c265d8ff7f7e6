/**
 * One call, as every role makes it: the provider takes calls, the purse has the money, the agent runs, and both are told
 * how it ended. Nothing else in the factory runs an agent.
 */
import { builtinAgent, showUsd } from "@shopfloor/core";
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import type { Outcome } from "../port/outcome.ts";
import type { Admission, Providers } from "../providers/providers.ts";
import type { Charge } from "./charge.ts";
import type { Request } from "./decide.ts";
import type { Purse, ReserveResult } from "./purse.ts";
import type { Reserved } from "./settlement.ts";

/** Called, or why not: then nothing was tried, and no attempt is burnt. */
export type Paid =
	| { readonly kind: "called"; readonly outcome: Outcome; readonly charge: Charge }
	| Exclude<Admission, { kind: "go" }>
	| Exclude<ReserveResult, Reserved>;

export interface Till {
	readonly purse: Purse;
	readonly providers: Providers;
}

/** What the job may cost and how long it may take are its limits; the request adds who pays. */
export type Payer = Omit<Request, "role" | "usd" | "wallMs"> & {
	/** An agent that costs nothing by nature. */
	readonly free?: boolean;
};

export async function pay({ purse, providers }: Till, payer: Payer, agent: Agent, job: Job): Promise<Paid> {
	const { free = false, ...who } = payer;
	// Nothing is reserved for what is free, so a paid call of no dollars must not look like it.
	if (!free && job.limits.usd === 0) return { kind: "over", scope: { kind: "call" }, capUsd: 0, spentUsd: 0 };
	const hasProvider = who.agent !== builtinAgent;
	const provider = who.provider ?? who.agent;
	const admission: Admission = hasProvider
		? await providers.admit(provider, who.agent)
		: { kind: "go", done: async () => {} };
	if (admission.kind !== "go") return admission;
	try {
		const { wallMs } = job.limits;
		const usd = free ? 0 : job.limits.usd;
		const reserved = await purse.reserve({ ...who, role: job.role, usd, wallMs }, job.signal);
		if (reserved.kind !== "reserved") return reserved;
		if (reserved.request.usd < usd) job.show(`the budget leaves ${showUsd(reserved.request.usd)} for this call`);
		const outcome = await run(purse, reserved, hasProvider ? providers.patient(agent) : agent, job);
		const charge = await purse.settle(reserved, outcome);
		if (hasProvider) await providers.tell(provider, outcome);
		return { kind: "called", outcome, charge };
	} finally {
		await admission.done();
	}
}

/** An agent that rejects may have spent everything before. */
async function run(purse: Purse, reserved: Reserved, agent: Agent, job: Job): Promise<Outcome> {
	try {
		return await agent.run({ ...job, limits: { ...job.limits, usd: reserved.limitUsd } });
	} catch (error) {
		const detail = `the call broke off: ${String(error)}`;
		await purse.settle(reserved, { kind: "failed", code: "crashed", detail, usage: null });
		throw error;
	}
}
