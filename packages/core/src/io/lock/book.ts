/**
 * The book of a lock: a folder with a name for each holder that may be in the middle of something. A holder signs before
 * it touches anything and strikes its name out when it is done.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isGone, uniqueName } from "../process-identity.ts";
import { takeAway } from "../take-away.ts";
import { leaveCard } from "./card.ts";

export class Book {
	readonly #path: string;

	constructor(lock: string) {
		this.#path = `${lock}.book`;
	}

	/** False when there was no book, so that nobody knows who wrote before. */
	sign(name: string): boolean {
		const folder = dirname(this.#path);
		const place = `${this.#path}/${name}`;
		if (leaveCard(folder, place) !== undefined) return true;
		if (leaveCard(folder, place) !== undefined) return false;
		// Twice in a moment, somebody has removed the folder. Let whoever wants the lock come again.
		throw Object.assign(new Error(`${this.#path} is being removed`), { code: "ENOENT" });
	}

	/** Those that signed, have not signed out, and may still live. Whoever takes the lock later than this finds our name. */
	unfinished(me: string): string[] {
		const others = readdirSync(this.#path).filter((name) => name !== me);
		return others.filter((name) => {
			if (!isGone(name)) return true;
			this.strike(name);
			return false;
		});
	}

	strike(name: string): void {
		takeAway(`${this.#path}/${name}`);
	}

	/** Leaves a name that nobody strikes out but who has put right what the lock guards. */
	distrust(): void {
		mkdirSync(this.#path, { recursive: true, mode: 0o700 });
		writeFileSync(`${this.#path}/distrust-${uniqueName()}`, "");
	}
}
