/** Small programs in real processes, to be killed, stopped and listened to. They run the built package. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface Program {
	readonly pid: number;
	/** What it has said so far, line by line. */
	readonly said: readonly string[];
	readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
	/** The first line said that matches; rejects when the program ends without it. */
	says(what: RegExp): Promise<string>;
	tell(line: string): void;
	/** Closes its input. */
	finish(): void;
	kill(signal?: NodeJS.Signals): void;
	/** Resolves with true once the kernel shows it as stopped, with false if it ends before. */
	stopped(): Promise<boolean>;
	complaints(): string;
}

export interface ProgramOptions {
	/** Modules loaded before the program: `crash.mjs?point=…`. */
	readonly preload?: readonly string[];
	/** A command that runs it, as in `strace -f`. */
	readonly under?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly uid?: number;
}

/** Starts one of `packages/core/fixtures`; it does not outlive the test. */
export function startProgram(name: string, args: readonly string[], options: ProgramOptions = {}): Program {
	const imports = (options.preload ?? []).flatMap((module) => ["--import", new URL(module, fixtures).href]);
	const command = [
		...(options.under ?? []),
		process.execPath,
		...imports,
		fileURLToPath(new URL(name, fixtures)),
		...args,
	];
	const child = spawn(command[0] as string, command.slice(1), {
		env: { ...process.env, ...options.env },
		stdio: ["pipe", "pipe", "pipe"],
		...(options.uid === undefined ? {} : { uid: options.uid }),
	});
	const program = new Listening(child);
	onTestFinished(() => program.kill("SIGKILL"));
	return program;
}

const fixtures = new URL("../../fixtures/", import.meta.url);

class Listening implements Program {
	readonly said: string[] = [];
	readonly ended: Program["ended"];
	readonly #child: ChildProcess;
	readonly #waiting = new Set<() => void>();
	#rest = "";
	#errors = "";
	#over = false;

	constructor(child: ChildProcess) {
		this.#child = child;
		child.stdin?.on("error", () => {
			// It ended before it read what it was told; whoever waits for an answer hears of the end.
		});
		child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			this.#errors += text;
		});
		child.stdout?.setEncoding("utf8").on("data", (text: string) => {
			const lines = (this.#rest + text).split("\n");
			this.#rest = lines.pop() ?? "";
			this.said.push(...lines);
			this.#wake();
		});
		this.ended = new Promise((resolve, reject) => {
			child.once("error", reject);
			child.once("close", (code, signal) => {
				this.#over = true;
				this.#wake();
				resolve({ code, signal });
			});
		});
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	async says(what: RegExp): Promise<string> {
		for (;;) {
			const line = this.said.find((said) => what.test(said));
			if (line !== undefined) return line;
			if (this.#over)
				throw new Error(`it ended without saying ${what}; it said\n${this.said.join("\n")}${this.#errors}`);
			await new Promise<void>((resolve) => this.#waiting.add(resolve));
		}
	}

	tell(line: string): void {
		this.#child.stdin?.write(`${line}\n`);
	}

	finish(): void {
		this.#child.stdin?.end();
	}

	kill(signal: NodeJS.Signals = "SIGKILL"): void {
		if (!this.#over) this.#child.kill(signal);
	}

	async stopped(): Promise<boolean> {
		await until(() => this.#over || stateOf(this.pid) === "T");
		return !this.#over;
	}

	complaints(): string {
		return this.#errors;
	}

	#wake(): void {
		for (const wake of this.#waiting) wake();
		this.#waiting.clear();
	}
}

/** Looks until it is so. For what the outside world brings about and announces to nobody. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}

const lookEveryMs = 5;

function stateOf(pid: number): string | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8");
		return text.slice(text.lastIndexOf(")") + 2).split(" ")[0];
	} catch {
		// It ended, and the news is on its way.
		return undefined;
	}
}
