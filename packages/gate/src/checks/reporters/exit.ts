/** A program that only says yes or no. */
import type { CheckOutcome } from "../check.ts";
import { asError, type Evidence, excerpt } from "./evidence.ts";

export function readExit({ exitCode, ms, tail }: Evidence, check: string): CheckOutcome {
	if (exitCode === 0) return { kind: "ran", errors: [], tests: [], exitCode, ms };
	const said = excerpt(tail.trim().split("\n").slice(-lastLines).join("\n"));
	// Whatever it says differs from run to run; that it fails is the one thing that can be compared.
	const error = asError(
		{ file: null, line: null, code: "exit", message: `${check} exited with ${exitCode}\n${said}` },
		check,
	);
	return { kind: "ran", errors: [error], tests: [], exitCode, ms };
}

const lastLines = 15;
