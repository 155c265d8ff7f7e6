/** One run of the command line: the only place that turns an error into words and an exit code. */
import { type ErrorCode, isShopfloorError } from "@shopfloor/core/io";
import { CommanderError } from "commander";
import type { Context } from "./context.ts";
import { exitCodes, Failure } from "./failure.ts";
import { makeProgram } from "./program.ts";

/** Never rejects. An error that reaches the person has been said when this resolves. */
export async function run(argv: readonly string[], context: Context): Promise<void> {
	const program = makeProgram(context);
	try {
		if (argv.length === 0) return program.outputHelp();
		await program.parseAsync(argv, { from: "user" });
	} catch (thrown) {
		const { aborted, reason } = context.interruption();
		// Whatever broke off because of it says so in its own words.
		const error = aborted ? reason : thrown;
		if (error instanceof CommanderError) return context.endWith(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
		context.note(inWords(error));
		if (argv.includes("--trace")) context.note(traceOf(error));
		context.endWith(codeOf(error));
	}
}

function inWords(error: unknown): string {
	if (error instanceof Failure || isShopfloorError(error)) return `shopfloor: ${error.message}`;
	const message = error instanceof Error ? error.message : String(error);
	return `shopfloor: ${message} (nobody expected this; the same command with --trace shows where it comes from)`;
}

function traceOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const own = error.stack ?? error.message;
	return error.cause === undefined ? own : `${own}\ncaused by: ${traceOf(error.cause)}`;
}

/** What a person typed or configured, as against what the world did. */
const personsCodes: readonly ErrorCode[] = ["bad-config", "bad-repository", "bad-state-dir", "bad-secret"];

function codeOf(error: unknown): number {
	if (error instanceof Failure) return error.exitCode;
	return isShopfloorError(error, ...personsCodes) ? exitCodes.usage : exitCodes.failed;
}
