import type { Cli } from "./a-cli.ts";
import { eventually } from "./eventually.ts";

/** The clock goes on until the command has ended. */
export async function untilEnded<T>({ clock }: Cli, running: Promise<T>, strideMs = 1_000): Promise<T> {
	let ended = false;
	const watched = running.finally(() => {
		ended = true;
	});
	await eventually(async () => {
		if (!ended) await clock.advance(strideMs);
		if (!ended) throw new Error("the command has not ended yet");
	});
	return await watched;
}
