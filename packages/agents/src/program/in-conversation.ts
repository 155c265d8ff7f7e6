/** One at a time in a conversation: of two that go on with one, a program that keeps no lock forgets what one did. */
import { createHash } from "node:crypto";
import { isShopfloorError, type Leases } from "@shopfloor/core/io";
import type { Job } from "../port/job.ts";
import { nothingUsed, type Outcome } from "../port/outcome.ts";

/** A holder that dies is found out by its process; this is for one that only sleeps. */
const ttlMs = 60_000;

/** Money is reserved by now, and the time of the call runs: who is in there may take an hour. */
const waitMs = 30_000;

/** A conversation that nobody knows yet is nobody else's. `work` is called off when the lease can no longer be relied on. */
export async function inConversation(leases: Leases, job: Job, work: (job: Job) => Promise<Outcome>): Promise<Outcome> {
	const { resume, signal } = job;
	if (resume === undefined) return await work(job);
	const bound = AbortSignal.timeout(waitMs);
	const until = signal === undefined ? bound : AbortSignal.any([signal, bound]);
	const lease = await leases.hold(laneOf(resume), { slots: 1, ttlMs, signal: until }).catch((error) => {
		if (until.aborted && !isShopfloorError(error)) return undefined;
		throw error;
	});
	if (lease === undefined && !signal?.aborted)
		return {
			kind: "failed",
			code: "conversation",
			detail: "somebody else is in this conversation",
			usage: nothingUsed,
		};
	if (lease === undefined) return { kind: "failed", code: "aborted", detail: "it was called off", usage: nothingUsed };
	try {
		return await work({ ...job, signal: signal === undefined ? lease.lost : AbortSignal.any([signal, lease.lost]) });
	} finally {
		await lease.release();
	}
}

/** A few thousand leases for all conversations there will ever be. */
function laneOf(conversation: string): string {
	return `conversation-${createHash("sha256").update(conversation).digest("hex").slice(0, 3)}`;
}
