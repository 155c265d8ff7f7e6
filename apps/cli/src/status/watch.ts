/** The status, live: drawn after every entry, and every few seconds for the ages and for processes that just died. */
import { type FactoryState, fold } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import type { Failure } from "../failure.ts";
import { lookAtStatus, type Status } from "./status.ts";

/** How often it looks although nothing was written: a kill shows in this time. */
const lookAgainMs = 2_000;
/** A burst of entries is one change to the eye. */
const calmMs = 100;

/** Calls `show` until the person has seen enough. */
export async function watchStatus(
	context: Context,
	floor: FileFloor,
	from: FactoryState,
	show: (status: Status) => void,
): Promise<void> {
	const signal = context.interruption();
	const end = new AbortController();
	signal.addEventListener("abort", () => end.abort(), { once: true });
	let state = from;
	let ring = () => {};

	try {
		await Promise.all([listen(), look()]);
	} finally {
		end.abort();
	}
	context.endWith((signal.reason as Failure).exitCode);

	async function listen(): Promise<void> {
		for await (const entry of floor.log.follow(state.seq + 1, end.signal)) {
			state = fold(state, entry);
			ring();
		}
	}

	async function look(): Promise<void> {
		while (!end.signal.aborted) {
			const news = new Promise<void>((resolve) => {
				ring = resolve;
			});
			show(await lookAtStatus(context, floor, state));
			await context.clock.sleep(calmMs, end.signal);
			await Promise.race([news, context.clock.sleep(lookAgainMs - calmMs, end.signal)]);
		}
	}
}
