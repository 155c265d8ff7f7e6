/** The lease that keeps a second copy of a process from working. */
import { systemClock } from "./clock.ts";
import type { Floor } from "./floor.ts";
import type { Lease } from "./leases.ts";
import { pidOf } from "./process-identity.ts";

/** Heard by everybody who asks whether the process lives; renewed three times in it. */
const ttlMs = 30_000;
/** A predecessor that is just ending is worth no words. */
const predecessorMs = 3_000;

/**
 * A holder that shows that it lives is left in peace, and who asks is told its pid. Any other is waited out: it may be
 * dead where nobody here can see it, as after the restart of a container that keeps its state directory.
 */
export async function takeSeat(
	name: string,
	{ leases }: Pick<Floor, "leases">,
	signal: AbortSignal,
): Promise<Lease | { readonly heldBy: number }> {
	const taken = new AbortController();
	void systemClock.sleep(predecessorMs, taken.signal).then(() => {
		if (taken.signal.aborted || signal.aborted) return;
		process.stderr.write(`${name} waits: somebody has its seat, and ${ttlMs / 1_000} s to show that it lives\n`);
	});
	try {
		const found = await leases.holdUnlessAlive(`process-${name}`, { slots: 1, ttlMs, signal });
		return "alive" in found ? { heldBy: pidOf(found.alive.holder) } : found;
	} finally {
		taken.abort();
	}
}
