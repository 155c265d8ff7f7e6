/**
 * A person who cancels a task does not wait for whoever works on it: the log says so, and the work is called off at once.
 * Should that be missed, it is found in the queue before anything is pushed.
 */
import type { Seq } from "@shopfloor/core";
import type { FileFloor, Turn, World } from "@shopfloor/core/io";
import { taskCancelled } from "../messages.ts";

/** Why a turn was called off. */
export class Cancelled extends Error {}

/** True when the task was cancelled meanwhile; then the work ended however it could. Without a task nothing is waited for. */
export async function whileWanted(
	{ floor }: Pick<World, "floor">,
	turn: Turn,
	task: string | null,
	work: (turn: Turn) => Promise<void>,
): Promise<boolean> {
	const cancel = new AbortController();
	const over = new AbortController();
	const listening = task === null ? undefined : listen(floor, { task, from: turn.state.seq + 1 }, cancel, over.signal);
	try {
		await work({ ...turn, signal: AbortSignal.any([turn.signal, cancel.signal]) });
	} catch (error) {
		if (!cancel.signal.aborted || turn.signal.aborted) throw error;
	} finally {
		over.abort();
		await listening;
	}
	return cancel.signal.aborted;
}

async function listen(
	{ log }: Pick<FileFloor, "log">,
	{ task, from }: { readonly task: string; readonly from: Seq },
	cancel: AbortController,
	over: AbortSignal,
): Promise<void> {
	for await (const entry of log.follow(from, over)) {
		if (entry.type !== "task_settled" || entry.data.task !== task || entry.data.outcome !== "cancelled") continue;
		return cancel.abort(new Cancelled(taskCancelled(entry.data.reason)));
	}
}
