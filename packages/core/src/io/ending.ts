/**
 * How a process ends: asked to, on an error nobody expected, or before it began. Asking is heard from the first moment
 * of its life, and one deadline counts from it, whatever the process is in the middle of.
 */
import type { Draft } from "../model/entry.ts";
import { systemClock } from "./clock.ts";
import type { FileFloor } from "./floor.ts";
import type { Lease } from "./leases.ts";
import { isShopfloorError } from "./shopfloor-error.ts";
import { sourceTrace } from "./source-trace.ts";

/**
 * How a process ends. PM2 starts it again after `failed`, and after a `stopped` that was not PM2's own request (a plain
 * kill); the others wait for a person.
 */
export const exitCodes = { stopped: 0, failed: 1, badConfig: 2, secondCopy: 3, parked: 4 } as const;

/** From the request to the end. Less than what PM2 leaves until SIGKILL (`kill_timeout` in ecosystem.config.js). */
const deadlineMs = 6_000;
/** The part of it that is a turn's, to let go; the rest is for the last words and for giving back the seat. */
const lettingGoMs = 3_000;

/** Why a process is to end; what `asked` aborts with. */
class Asked extends Error {
	readonly why: "signal" | "shutdown" | "launcher-gone" | "lease-lost" | "crashed";

	constructor(why: Asked["why"]) {
		super(`asked to end (${why})`);
		this.why = why;
	}
}

export class Ending {
	readonly #name: string;
	readonly #began = systemClock.watch();
	readonly #asked = new AbortController();
	#floor: FileFloor | undefined;
	#lease: Lease | undefined;
	#isAnnounced = false;
	#isUnderWay = false;
	#code: number = exitCodes.stopped;
	#deadline: NodeJS.Timeout | undefined;

	constructor(name: string) {
		this.#name = name;
	}

	/** Aborts when the process is to end. */
	get asked(): AbortSignal {
		return this.#asked.signal;
	}

	/**
	 * PM2 sends SIGINT, or the message "shutdown"; a second request means now. A launcher that is gone counts as one:
	 * nobody would look after this copy any more, and the next launcher starts its own.
	 */
	listen(): this {
		process.on("SIGINT", () => this.#insist("signal"));
		process.on("SIGTERM", () => this.#insist("signal"));
		process.on("message", (message) => {
			if (message === "shutdown") this.#insist("shutdown");
		});
		process.once("disconnect", () => this.#ask("launcher-gone"));
		process.on("uncaughtException", (error) => void this.crashed(error));
		process.on("unhandledRejection", (error) => void this.crashed(error));
		return this;
	}

	/** Resolves when what is under way was asked to let go and did not. */
	overdue(): Promise<void> {
		return new Promise((resolve) => {
			const wait = () => setTimeout(resolve, lettingGoMs);
			if (this.asked.aborted) wait();
			else this.asked.addEventListener("abort", wait, { once: true });
		});
	}

	/** To be closed at the end. */
	opened(floor: FileFloor): void {
		this.#floor = floor;
	}

	/** To be given back at the end, which comes when it is lost. */
	seated(lease: Lease): void {
		this.#lease = lease;
		lease.lost.addEventListener("abort", () => {
			const { reason } = lease.lost;
			if (isShopfloorError(reason, "lease-lost")) this.#ask("lease-lost");
			else void this.crashed(reason);
		});
	}

	/** The log says that the process runs, or is about to. */
	announced(): void {
		this.#isAnnounced = true;
	}

	/** The end that was asked for. */
	async stopped(): Promise<never> {
		const { why } = this.asked.reason as Asked;
		// Its last words are being said already.
		if (why === "crashed") return await new Promise<never>(() => {});
		const uptimeMs = Math.round(systemClock.watch() - this.#began);
		const data = { pid: process.pid, reason: why, uptimeMs };
		const goodbye = { type: "process_stopped", by: this.#name, data } as const;
		return this.leave(this.#code, ...(this.#isAnnounced ? [goodbye] : []));
	}

	/** No `process_stopped`: for the crash budget this is a crash. */
	crashed(error: unknown): Promise<never> {
		const text = told(error);
		process.stderr.write(`${this.#name} ends because of an error nobody expected:\n${withCauses(error, text)}\n`);
		const message = `${this.#name} ended because of an error nobody expected: ${text}`.slice(0, 2_000);
		const data = { code: "crashed", severity: "error", message, subject: this.#name } as const;
		// A turn that still runs ends what it has started; nobody else would.
		this.#asked.abort(new Asked("crashed"));
		return this.leave(exitCodes.failed, { type: "alert", by: this.#name, data });
	}

	/** Says the last words, gives everything back and ends. */
	async leave(code: number, ...lastWords: readonly Draft[]): Promise<never> {
		if (this.#isUnderWay) return await new Promise<never>(() => {});
		this.#isUnderWay = true;
		this.#endBy(code);
		if (lastWords.length > 0) await quietly(this.#floor?.log.append(lastWords));
		await quietly(this.#floor?.close());
		// Last, because the next one sits down in this moment, and nothing of ours should still run.
		await quietly(this.#lease?.release());
		process.exit(code);
	}

	#insist(why: Asked["why"]): void {
		if (this.asked.aborted) process.exit(exitCodes.failed);
		this.#ask(why);
	}

	#ask(why: Asked["why"]): void {
		if (this.asked.aborted) return;
		this.#endBy(why === "lease-lost" ? exitCodes.failed : exitCodes.stopped);
		this.#asked.abort(new Asked(why));
	}

	/** Whatever hangs, the process ends; the next one takes it from the log. The first call sets the time. */
	#endBy(code: number): void {
		this.#code = code;
		this.#deadline ??= setTimeout(() => process.exit(this.#code), deadlineMs);
	}
}

function withCauses(error: unknown, text: string): string {
	const cause = error instanceof Error ? error.cause : undefined;
	return cause === undefined ? text : `${text}\ncaused by: ${withCauses(cause, told(cause))}`;
}

function told(error: unknown): string {
	return error instanceof Error ? sourceTrace(error.stack ?? error.message) : String(error);
}

/** The last words are worth trying and not worth failing over. */
async function quietly(step: Promise<unknown> | undefined): Promise<void> {
	try {
		await step;
	} catch (error) {
		process.stderr.write(`while ending: ${String(error)}\n`);
	}
}
