/**
 * A factory for stories: a state directory of its own, and the real programs of apps/ as child processes. What PM2
 * does for them (a channel for "ready" and "shutdown", a start after a crash) the story does by hand.
 */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Entry, EntryType } from "@shopfloor/core";
import { currentState, type FileFloor, openFloor, processIds, runVariable } from "@shopfloor/core/io";
import { aTask } from "@shopfloor/core/testing";
import { execa } from "execa";
import { onTestFinished } from "vitest";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

export interface Started {
	readonly child: ChildProcess;
	readonly pid: number;
	/** Resolves with the exit code (or the signal) and what was printed to standard error. */
	readonly ended: Promise<{ readonly code: number | NodeJS.Signals; readonly errors: string }>;
	/** Resolves when standard error holds this; rejects when the process ends without. */
	says(what: RegExp): Promise<void>;
}

export class Factory {
	readonly dir = mkdtempSync(join(tmpdir(), "sf-"));
	readonly state: string;
	readonly config = join(this.dir, "shopfloor.config.json");
	/** What node is told before the program: a module to preload, a flag. */
	readonly nodeArgs: string[] = [];
	readonly #children: ChildProcess[] = [];
	#floor: FileFloor | undefined;

	constructor(disk?: string) {
		this.state = join(disk ?? this.dir, "state");
	}

	configured(value: unknown): this {
		const whole = typeof value === "object" ? { gateway: { port: 0 }, ...value } : value;
		writeFileSync(this.config, typeof whole === "string" ? whole : JSON.stringify(whole));
		return this;
	}

	get places(): { readonly SHOPFLOOR_STATE: string; readonly SHOPFLOOR_CONFIG: string } {
		return { SHOPFLOOR_STATE: this.state, SHOPFLOOR_CONFIG: this.config };
	}

	get floor(): FileFloor {
		this.#floor ??= openFloor({ stateDir: this.state });
		return this.#floor;
	}

	/** Programs that are started from now on are killed, or stand still, at these visits of points: `cycle.push.before@1`. */
	endingAt(how: "kill" | "stop", ...visits: readonly string[]): void {
		const crash = new URL("../packages/core/fixtures/crash.mjs", import.meta.url);
		const where = visits.map((visit) => `&at=${visit}`).join("");
		this.nodeArgs.splice(0, this.nodeArgs.length, "--import", `${crash.href}?how=${how}${where}`);
	}

	endingNowhere(): void {
		this.nodeArgs.length = 0;
	}

	/** Starts a program of apps/ and does not wait for it. */
	launch(app: string, ...args: readonly string[]): Started {
		return this.run(join(root, "apps", app, "dist", "main.js"), ...args);
	}

	/** The same for a program of the story's own. */
	run(script: string, ...args: readonly string[]): Started {
		const child = fork(script, args, {
			env: { PATH: process.env["PATH"], HOME: this.dir, ...this.places },
			execArgv: this.nodeArgs,
			stdio: ["ignore", "ignore", "pipe", "ipc"],
		});
		this.#children.push(child);
		let errors = "";
		const heard = new EventTarget();
		child.stderr?.on("data", (chunk) => {
			errors += String(chunk);
			heard.dispatchEvent(new Event("more"));
		});
		const silent = new Promise((resolve) => child.stderr?.once("close", resolve));
		// Not "close": it never comes to a child whose channel was cut.
		const ended = new Promise<Awaited<Started["ended"]>>((resolve) =>
			child.once("exit", async (code, signal) => {
				await silent;
				resolve({ code: code ?? signal ?? 0, errors });
			}),
		);
		const says = async (what: RegExp) => {
			const over = ended.then(() => Promise.reject(new Error(`it ended without saying ${what}; it said: ${errors}`)));
			while (!what.test(errors))
				await Promise.race([over, new Promise((resolve) => heard.addEventListener("more", resolve, { once: true }))]);
			over.catch(() => {});
		};
		return { child, pid: child.pid ?? 0, ended, says };
	}

	/** Starts one and waits until it says that it is ready. */
	async start(app: string, ...args: readonly string[]): Promise<Started> {
		const started = this.launch(app, ...args);
		await Promise.race([
			told(started, "ready"),
			started.ended.then(({ code, errors }) =>
				Promise.reject(new Error(`${app} ended with ${code} before it was ready: ${errors}`)),
			),
		]);
		return started;
	}

	/** The first entry that fits, whether it is there already or comes. */
	async entry<T extends EntryType>(
		type: T,
		where: (entry: Extract<Entry, { type: T }>) => boolean = () => true,
		withinMs = 20_000,
	) {
		for await (const entry of this.floor.log.follow(1, AbortSignal.timeout(withinMs)))
			if (entry.type === type && where(entry as Extract<Entry, { type: T }>))
				return entry as Extract<Entry, { type: T }>;
		throw new Error(`no ${type} came`);
	}

	async entries<T extends EntryType>(type: T): Promise<Extract<Entry, { type: T }>[]> {
		return (await this.floor.log.last(1_000, { type: [type] })) as Extract<Entry, { type: T }>[];
	}

	/** A task as the scheduler would have given it to a session. */
	async assign(id: string, session: string): Promise<void> {
		await this.floor.tasks.update(({ tasks }) => ({ tasks: [...tasks, aTask({ id })] }));
		await this.floor.tasks.update(({ tasks }) => ({
			tasks: tasks.map((task) => (task.id === id ? { ...task, status: "assigned", session } : task)),
		}));
	}

	now() {
		return currentState(this.floor);
	}

	/** The command line, as a person uses it. */
	shopfloor(...args: readonly string[]) {
		const env = { PATH: process.env["PATH"], HOME: this.dir, ...this.places };
		const program = join(root, "apps", "cli", "bin", "shopfloor.mjs");
		return execa(process.execPath, [program, ...args], { env, extendEnv: false, stdin: "ignore", reject: false });
	}

	/** Every process of a check or an agent, whoever started it: each carries the mark of its run. */
	runs(): number[] {
		return processIds().filter((pid) =>
			textOf(`/proc/${pid}/environ`)
				.split("\0")
				.some((line) => this.#isRun(line)),
		);
	}

	/** A scheduler shows what sessions do in windows that outlive it. */
	#endTerminals(): void {
		const terminals = join(this.state, "terminals");
		if (!existsSync(terminals)) return;
		for (const pid of processIds()) if (textOf(`/proc/${pid}/cmdline`).includes(`${terminals}/`)) end(pid);
	}

	#isRun(line: string): boolean {
		return line.startsWith(`${runVariable}=`) && line.includes(`:${this.state}/`);
	}

	async end(): Promise<void> {
		for (const child of this.#children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
		await this.#floor?.close();
		this.#endTerminals();
		rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Empty of one that ended since it was listed. */
function textOf(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

function end(pid: number): void {
	try {
		process.kill(pid, "SIGTERM");
	} catch {
		// It ended with the one before.
	}
}

/** Resolves when it says so on the channel to its launcher. */
export function told({ child }: Started, what: string): Promise<void> {
	return new Promise((resolve) => child.on("message", (message) => message === what && resolve()));
}

/** `disk` is where its state directory lies; by default beside its configuration. */
export function aFactory(disk?: string): Factory {
	const factory = new Factory(disk);
	onTestFinished(() => factory.end());
	return factory;
}
