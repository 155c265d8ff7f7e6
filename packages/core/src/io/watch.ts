/**
 * Hints that a file of the floor changed. chokidar brings them; they may be late, merged or missing, so everybody
 * who waits also looks by itself every few seconds: no watcher, no loss, just later.
 */
import { basename } from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** Somebody who waits looks again after this long even without a hint. */
export const lookAgainMs = 2_000;

export class Watcher {
	readonly #stateDir: string;
	readonly #onTrouble: (message: string) => void;
	readonly #waiting = new Map<string, Set<() => void>>();
	#chokidar: FSWatcher | undefined;
	#closed = false;
	#told = false;

	constructor(stateDir: string, onTrouble: (message: string) => void) {
		this.#stateDir = stateDir;
		this.#onTrouble = onTrouble;
	}

	/** Resolves at the next hint for the file, after `ms` at the latest, or when the signal aborts. */
	async changed(path: string, ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		if (!this.#closed) this.#start(path);
		await new Promise<void>((resolve) => {
			const waiting = this.#waiting.get(path) ?? new Set();
			this.#waiting.set(path, waiting);
			const timer = setTimeout(done, ms);
			// Who still waits when the floor is closed must not keep the process alive.
			if (this.#closed) timer.unref();
			signal?.addEventListener("abort", done, { once: true });
			waiting.add(done);
			function done() {
				clearTimeout(timer);
				signal?.removeEventListener("abort", done);
				waiting.delete(done);
				resolve();
			}
		});
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const path of this.#waiting.keys()) this.#hint(path);
		await this.#chokidar?.close();
	}

	#start(path: string): void {
		if (this.#chokidar !== undefined) {
			if (!this.#waiting.has(path)) this.#chokidar.add(path);
			return;
		}
		this.#chokidar = watch(path, { ignoreInitial: true, atomic: false, alwaysStat: false })
			.on("all", (_event, changed) => this.#hint(changed))
			// Out of inotify watches or instances: looking every few seconds has to do.
			.on("error", (error) => this.#tellOnce(String(error)));
	}

	#tellOnce(why: string): void {
		if (this.#told) return;
		this.#told = true;
		this.#onTrouble(
			`watching ${basename(this.#stateDir)} failed (${why}); looking every ${lookAgainMs / 1_000} s instead`,
		);
	}

	#hint(path: string): void {
		for (const done of [...(this.#waiting.get(path) ?? [])]) done();
	}
}
