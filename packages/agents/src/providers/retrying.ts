/**
 * Tries again where it passes by itself: a provider that is overloaded, or a connection that broke. Within the limits of
 * the one call: what the tries before have taken of time and money is taken from the next.
 */
import type { Clock } from "@shopfloor/core/io";
import type { Agent } from "../port/agent.ts";
import type { Job, Limits } from "../port/job.ts";
import type { Outcome, Usage } from "../port/outcome.ts";

export interface RetryOptions {
	readonly clock: Clock;
	/** From 0 up to 1. */
	readonly random?: () => number;
}

/** Before the second, the third and the fourth try. Who waits longer than this holds a worktree for nothing. */
const waitsMs = [2_000, 8_000, 30_000];

export function retrying(agent: Agent, { clock, random = Math.random }: RetryOptions): Agent {
	return {
		async run(job: Job): Promise<Outcome> {
			const begun = clock.watch();
			let outcome = await agent.run(job);
			for (const waitMs of waitsMs) {
				const spread = waitMs * (0.5 + random());
				const limits = left(job.limits, clock.watch() - begun + spread, outcome.usage);
				if (!passes(outcome) || limits === undefined) return outcome;
				job.show(`${outcome.detail}; trying again in ${Math.round(spread / 1_000)}s`);
				await clock.sleep(spread, job.signal);
				if (job.signal?.aborted) return outcome;
				outcome = together(outcome.usage, await agent.run({ ...job, limits }));
			}
			return outcome;
		},
	};
}

function passes(outcome: Outcome): outcome is Outcome & { readonly kind: "failed" } {
	return outcome.kind === "failed" && (outcome.code === "overloaded" || outcome.code === "network");
}

/** Undefined when there is not enough for another try. What nobody knows the cost of may have taken everything. */
function left(limits: Limits, takenMs: number, used: Usage | null): Limits | undefined {
	if (used === null) return undefined;
	const [wallMs, usd] = [limits.wallMs - takenMs, limits.usd - used.usd];
	const isFree = limits.usd === 0;
	return wallMs > limits.startMs && (usd > 0 || isFree) ? { ...limits, wallMs, usd: isFree ? 0 : usd } : undefined;
}

function together(before: Usage | null, outcome: Outcome): Outcome {
	const { usage } = outcome;
	if (before === null || usage === null) return { ...outcome, usage: null };
	return {
		...outcome,
		usage: {
			usd: before.usd + usage.usd,
			estimated: before.estimated || usage.estimated,
			inputTokens: before.inputTokens + usage.inputTokens,
			cachedTokens: before.cachedTokens + usage.cachedTokens,
			outputTokens: before.outputTokens + usage.outputTokens,
		},
	};
}
