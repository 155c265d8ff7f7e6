/**
 * The parent's side of one process that holds the compiler. It has a memory limit of its own, so that a project that is
 * too large ends it and not the factory's process, and it is killed when a job is called off: it has nothing to put away.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runMark, runVariable, uniqueName } from "@shopfloor/core/io";
import type { Limits } from "../../port/job.ts";
import { deadlines } from "./deadlines.ts";
import { Answer, type LastAnswer, type Request } from "./protocol.ts";

export interface CompilerOptions {
	readonly memoryMb: number;
}

export type Asked =
	| { readonly kind: "answered"; readonly answer: LastAnswer }
	| { readonly kind: "aborted" }
	| { readonly kind: "timed-out"; readonly which: "start" | "idle" | "wall" }
	| { readonly kind: "out-of-memory" }
	| { readonly kind: "not-started"; readonly why: string }
	| { readonly kind: "crashed"; readonly why: string };

export interface Ask {
	readonly request: Request;
	readonly limits: Pick<Limits, "startMs" | "idleMs" | "wallMs">;
	readonly signal?: AbortSignal | undefined;
	show(line: string): void;
}

export class Compiler {
	readonly #child: ChildProcess;
	readonly #ended: Promise<string>;
	#over = false;
	#endedByUs = false;
	#complaints = "";
	#ready = false;
	#hear: (answer: Answer | { readonly kind: "unreadable" }) => void = () => {};

	constructor({ memoryMb }: CompilerOptions, cwd: string) {
		this.#child = fork(childProgram(), [], {
			execArgv: [`--max-old-space-size=${memoryMb}`],
			env: { PATH: process.env["PATH"] ?? "", [runVariable]: runMark(uniqueName(), cwd) },
			stdio: ["ignore", "ignore", "pipe", "ipc"],
		});
		this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			this.#complaints = `${this.#complaints}${text}`.slice(-complaintsMax);
		});
		this.#child.on("message", (message) => {
			const answer = Answer.safeParse(message);
			if (answer.success && answer.data.kind === "ready") this.#ready = true;
			this.#hear(answer.success ? answer.data : { kind: "unreadable" });
		});
		this.#ended = new Promise((resolve) => {
			const over = (how: string) => {
				this.#over = true;
				resolve(how);
			};
			this.#child.on("error", (error) => over(error.message));
			this.#child.once("close", (code, signal) => over(signal ?? `exit code ${code}`));
		});
	}

	isOver(): boolean {
		return this.#over || !this.#child.connected;
	}

	/** The parent may end while it waits; then it ends as well. */
	rest(): void {
		this.#child.unref();
		this.#child.channel?.unref();
		unrefStream(this.#child.stderr);
	}

	async end(): Promise<void> {
		this.#endedByUs = true;
		this.#child.ref();
		if (!this.#over) this.#child.kill("SIGKILL");
		await this.#ended;
	}

	async ask({ request, limits, signal, show }: Ask): Promise<Asked> {
		if (signal?.aborted) return { kind: "aborted" };
		this.#child.ref();
		this.#child.channel?.ref();
		const watch = deadlines(limits, this.#ready);
		const called = calledOff(signal);
		const answered = new Promise<Asked>((resolve) => {
			this.#hear = (answer) => {
				watch.sign();
				if (answer.kind === "line") show(answer.line);
				else if (answer.kind === "unreadable")
					resolve({ kind: "crashed", why: "it gave an answer that nobody can read" });
				else if (answer.kind !== "ready") resolve({ kind: "answered", answer });
			};
		});
		// Where it ended meanwhile, its end says so.
		this.#child.send(request, () => {});
		try {
			return await Promise.race([
				answered,
				called.off,
				watch.over.then((which): Asked => (which === undefined ? { kind: "aborted" } : { kind: "timed-out", which })),
				this.#ended.then((how) => this.#end(how)),
			]);
		} finally {
			watch.stop();
			called.forget();
			this.#hear = () => {};
		}
	}

	#end(how: string): Asked {
		if (this.#endedByUs) return { kind: "aborted" };
		if (this.#child.pid === undefined) return { kind: "not-started", why: how };
		if (/heap out of memory|Reached heap limit|heap limit/i.test(this.#complaints)) return { kind: "out-of-memory" };
		return { kind: "crashed", why: `${how}. ${this.#complaints.trim()}`.trim() };
	}
}

/** Of what it said when it broke, the end. */
const complaintsMax = 8 * 1024;

/** As built, wherever this code runs: as a source under a test runner, or bundled into a program that would start itself. */
function childProgram(): string {
	const door = createRequire(import.meta.url).resolve("@shopfloor/agents");
	return join(dirname(door), "builtin", "child", "main.js");
}

function calledOff(signal: AbortSignal | undefined): { readonly off: Promise<Asked>; forget(): void } {
	let listener = () => {};
	const off = new Promise<Asked>((resolve) => {
		listener = () => resolve({ kind: "aborted" });
		signal?.addEventListener("abort", listener, { once: true });
	});
	return { off, forget: () => signal?.removeEventListener("abort", listener) };
}

function unrefStream(stream: unknown): void {
	(stream as { unref?(): void } | null)?.unref?.();
}
