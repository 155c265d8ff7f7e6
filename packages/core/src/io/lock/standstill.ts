import { lstatSync } from "node:fs";
import { systemClock } from "../clock.ts";
import { nameOn } from "./card.ts";

/**
 * Since when this process has seen the same holder without a sign of life, by its own watch. No clock that somebody
 * sets, and no laptop that slept, makes a working holder look abandoned.
 */
export class Standstill {
	#sign = "";
	#since = 0;
	owner: string | undefined;

	/** What proper-lockfile wants to know of the lock: when its holder last moved. */
	look(path: string): { readonly mtime: Date } {
		// Whatever a process does with any lock changes its card; others change it only once for each of its tickets.
		const { ctimeMs } = lstatSync(path);
		this.owner = nameOn(path);
		const sign = `${this.owner} ${ctimeMs}`;
		const now = systemClock.watch();
		if (sign !== this.#sign) {
			this.#sign = sign;
			this.#since = now;
		}
		return { mtime: new Date(systemClock.now() - (now - this.#since)) };
	}
}
