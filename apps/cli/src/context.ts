/** What a command gets from the world: places, streams, colours, clock. Nothing else in this app asks for them. */
import { userInfo } from "node:os";
import { type Clock, findPlaces, type Places, systemClock } from "@shopfloor/core/io";
import { demoPm2Home, inDemo } from "./demo/places.ts";
import { exitCodes, interrupted } from "./failure.ts";
import { type Paint, paintIf } from "./paint.ts";

export interface Output {
	write(text: string): unknown;
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly rows?: number;
}

export interface Input extends AsyncIterable<Buffer | string> {
	readonly isTTY?: boolean;
	setRawMode?(raw: boolean): unknown;
}

export interface Context {
	readonly places: Places;
	readonly environment: NodeJS.ProcessEnv;
	/** Where the person stands: a hint that only works elsewhere says so. */
	readonly cwd: string;
	/** Name of the account, for the log. */
	readonly user: string;
	readonly clock: Clock;
	/** The zone in which times are shown. */
	readonly timeZone: string;
	readonly input: Input;
	readonly out: Output;
	readonly err: Output;
	/** Colours for `out`; all of them do nothing where they are not wanted. */
	readonly paint: Paint;
	/** One line of the answer. */
	say(line: string): void;
	/** One line about the answer, for the person only. */
	note(line: string): void;
	/** Ends the command with this code once everything is said. */
	endWith(code: number): void;
	/** Aborts at Ctrl-C, with the failure that ends the command as its reason. Who never asks for it is simply ended by Ctrl-C. */
	interruption(): AbortSignal;
}

/** The context of a real run, and the exit code it comes to. */
export interface Run {
	readonly context: Context;
	exitCode(): number;
}

export function systemRun(argv: readonly string[]): Run {
	const { stdin, stdout, stderr, env } = process;
	const places = findPlaces();
	let exitCode: number = exitCodes.ok;
	let interruption: AbortController | undefined;
	const context: Context = {
		places,
		environment: inDemo(places) ? { ...env, PM2_HOME: demoPm2Home(places) } : env,
		cwd: process.cwd(),
		user: userName(),
		clock: systemClock,
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
		input: stdin,
		out: stdout,
		err: stderr,
		paint: paintIf(wantsColour(stdout, env, argv)),
		say: (line) => void stdout.write(`${line}\n`),
		note: (line) => void stderr.write(`${line}\n`),
		endWith(code) {
			exitCode = code;
		},
		interruption() {
			interruption ??= listenForInterruption();
			return interruption.signal;
		},
	};
	return { context, exitCode: () => exitCode };
}

function wantsColour(out: Output, environment: NodeJS.ProcessEnv, argv: readonly string[]): boolean {
	return (
		out.isTTY === true && !environment["NO_COLOR"] && environment["TERM"] !== "dumb" && !argv.includes("--no-color")
	);
}

/** An account without an entry in the user database, as in many containers, has a number and no name. */
function userName(): string {
	try {
		return userInfo().username;
	} catch {
		return `uid-${process.getuid?.() ?? 0}`;
	}
}

/** By shell custom, a program that a signal ends exits with 128 and the signal's number. */
const signals = { SIGHUP: 129, SIGINT: exitCodes.interrupted, SIGTERM: 143 } as const;

function listenForInterruption(): AbortController {
	const interruption = new AbortController();
	for (const [signal, code] of Object.entries(signals)) {
		process.on(signal, () => {
			// Asked twice: whatever is still being tidied up is left as it is.
			if (interruption.signal.aborted) process.exit(code);
			interruption.abort(interrupted(code));
		});
	}
	return interruption;
}
