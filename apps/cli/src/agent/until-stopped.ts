/** A stop from any surface ends what runs here, too. */
import { pauseFor } from "@shopfloor/core";
import { type Clock, currentState, type FileFloor } from "@shopfloor/core/io";

/** A stop promises ten seconds for everything; looking folds the newest part of the log. */
const lookEveryMs = 2_000;

export async function whileNotStopped<T>(
	{
		floor,
		clock,
		scopes,
		signal,
	}: {
		readonly floor: FileFloor;
		readonly clock: Clock;
		readonly scopes: readonly string[];
		readonly signal: AbortSignal;
	},
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const stopped = new AbortController();
	const over = new AbortController();
	const looking = look();
	try {
		return await work(AbortSignal.any([signal, stopped.signal]));
	} finally {
		over.abort();
		await looking;
	}

	async function look(): Promise<void> {
		while (!over.signal.aborted) {
			await clock.sleep(lookEveryMs, over.signal);
			if (over.signal.aborted) return;
			if (pauseFor(await currentState(floor), clock.now(), ...scopes)?.kind === "stop") return stopped.abort();
		}
	}
}
