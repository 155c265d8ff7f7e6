/**
 * One run at a time of a session. Its agents speak in one terminal, and the runs of one agent share its home, where
 * programs keep settings that two of them would write over each other.
 */
import { isShopfloorError, type Leases } from "@shopfloor/core/io";

export interface Visit {
	readonly session: string;
	readonly signal?: AbortSignal | undefined;
	show(line: string): void;
}

/** A holder that dies is found out by its process; this is for one that only sleeps. */
const ttlMs = 60_000;
/** Nothing is reserved yet, so waiting costs nothing; who comes again later waits no longer in sum. */
const waitMs = 180_000;

/** `work` is called off when the lease can no longer be relied on. Undefined: somebody else is in there. */
export async function inRoom<T>(
	leases: Leases,
	{ session, signal, show }: Visit,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
	const bound = AbortSignal.timeout(waitMs);
	const until = signal === undefined ? bound : AbortSignal.any([signal, bound]);
	const waits = () => show(`waits: another run of ${session} is under way`);
	const lease = await leases.hold(`room-${session}`, { slots: 1, ttlMs, signal: until, waits }).catch((error) => {
		if (until.aborted && !isShopfloorError(error)) return undefined;
		throw error;
	});
	if (lease === undefined) return undefined;
	try {
		return await work(signal === undefined ? lease.lost : AbortSignal.any([signal, lease.lost]));
	} finally {
		await lease.release();
	}
}
