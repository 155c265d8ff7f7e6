/** The command line in this very process: a factory in a temporary folder, a clock that stands, captured streams. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type FileFloor, findPlaces, openFloor } from "@shopfloor/core/io";
import { type FakeClock, fakeClock, tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import type { Context } from "../context.ts";
import { exitCodes, interrupted } from "../failure.ts";
import { paintIf } from "../paint.ts";
import { run } from "../run.ts";

interface Ended {
	readonly out: string;
	readonly err: string;
	readonly code: number;
}

export interface Cli {
	readonly stateDir: string;
	readonly config: string;
	readonly clock: FakeClock;
	/** Opened once, closed with the test. */
	readonly floor: FileFloor;
	configure(config: unknown): void;
	run(...argv: readonly string[]): Promise<Ended>;
	/** The same, for what goes on until it is interrupted. */
	start(...argv: readonly string[]): Running;
}

interface Running {
	/** What was written so far. */
	out(): string;
	err(): string;
	interrupt(): Promise<Ended>;
}

export interface CliOptions {
	/** What is piped in; without it standard input is empty. */
	readonly piped?: string;
	readonly terminal?: { readonly columns: number; readonly rows: number };
	/** What a person types when asked. */
	readonly typed?: string;
	readonly user?: string;
	/** Where the person stands; in the factory itself by default. */
	readonly cwd?: string;
	/** Instead of a fresh one. */
	readonly stateDir?: string;
	readonly config?: string;
}

export function aCli(options: CliOptions = {}): Cli {
	const stateDir = options.stateDir ?? tempDir();
	const config = options.config ?? join(stateDir, "shopfloor.config.json");
	const clock = fakeClock();
	let floor: FileFloor | undefined;
	return {
		stateDir,
		config,
		clock,
		get floor() {
			if (floor === undefined) {
				const opened = openFloor({ stateDir, clock });
				onTestFinished(() => opened.close());
				floor = opened;
			}
			return floor;
		},
		configure: (content) => writeFileSync(config, typeof content === "string" ? content : JSON.stringify(content)),
		async run(...argv) {
			const { context, ended } = aContext();
			await run(argv, context);
			return ended();
		},
		start(...argv) {
			const { context, ended, interruption } = aContext();
			const running = run(argv, context);
			return {
				out: () => ended().out,
				err: () => ended().err,
				async interrupt() {
					interruption.abort(interrupted(exitCodes.interrupted));
					await running;
					return ended();
				},
			};
		},
	};

	function aContext() {
		const written = { out: "", err: "" };
		let code = 0;
		const interruption = new AbortController();
		const environment = { SHOPFLOOR_STATE: stateDir, SHOPFLOOR_CONFIG: config, PM2_HOME: join(stateDir, "pm2") };
		const places = findPlaces(environment);
		const context: Context = {
			places,
			environment,
			cwd: options.cwd ?? places.root,
			user: options.user ?? "ana",
			clock,
			timeZone: "UTC",
			input: Object.assign(Readable.from([Buffer.from(options.typed ?? options.piped ?? "")]), {
				isTTY: options.typed !== undefined,
			}),
			out: { write: (text) => (written.out += text), isTTY: options.terminal !== undefined, ...options.terminal },
			err: { write: (text) => (written.err += text), isTTY: false },
			paint: paintIf(false),
			say: (line) => (written.out += `${line}\n`),
			note: (line) => (written.err += `${line}\n`),
			endWith: (ended) => (code = ended),
			interruption: () => interruption.signal,
		};
		return { context, interruption, ended: () => ({ ...written, code }) };
	}
}
