/**
 * The line of those that wait for a lock: a folder with a ticket for each, named so that who came first comes first.
 * Whoever gives the lock back takes the first ticket away, which its owner notices; nobody else wakes up.
 *
 * A call is a hint. The one that is called may be dead, stand still, or find the lock taken again (then it stands where
 * it stood); so everybody in the line comes and looks now and then anyway.
 */
import { existsSync, type FSWatcher, readdirSync, watch } from "node:fs";
import { dirname } from "node:path";
import { uniqueName } from "../process-identity.ts";
import { takeAway } from "../take-away.ts";
import { type Card, leaveCard } from "./card.ts";

/** Takes the first one's ticket away. */
export function callNext(lock: string): void {
	asHint(() => {
		for (const ticket of readdirSync(lineOf(lock)).sort()) if (takeAway(`${lineOf(lock)}/${ticket}`)) return;
	});
}

/** Nobody waits, or the disk refuses: no reason to fail somebody who has the lock, or has given it back. */
function asHint(work: () => void): boolean {
	try {
		work();
		return true;
	} catch {
		return false;
	}
}

function lineOf(lock: string): string {
	return `${lock}.line`;
}

export class Ticket {
	readonly #folder: string;
	readonly #place: string;
	#card: Card | undefined;
	#watcher: FSWatcher | undefined;
	#called = false;
	#wake = () => {};

	constructor(lock: string) {
		this.#folder = dirname(lock);
		this.#place = `${lineOf(lock)}/${String(process.hrtime.bigint()).padStart(20, "0")}.${uniqueName()}`;
		this.stand();
	}

	/** False where it has no place, or the system no watch left to give; who waits must look more often then. */
	get hears(): boolean {
		return this.#watcher !== undefined;
	}

	/** Where it stood before. False when it stands there still; then whoever gives the lock back will call. */
	stand(): boolean {
		if (existsSync(this.#place)) return false;
		let card: Card | undefined;
		asHint(() => {
			// The second try is for when the folder of the line had to be made.
			card = leaveCard(this.#folder, this.#place) ?? leaveCard(this.#folder, this.#place);
		});
		if (card === undefined || card !== this.#card) this.#listen(card);
		return card !== undefined;
	}

	/** Resolves when it is called, or after the time. */
	async called(ms: number): Promise<void> {
		if (!this.#called)
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, ms);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		this.#called = false;
	}

	/** Closing the watch can wait: whoever leaves the line has something better to do with the lock. */
	leave(): void {
		const watcher = this.#watcher;
		if (watcher !== undefined) setImmediate(() => watcher.close());
		asHint(() => existsSync(this.#place) && takeAway(this.#place));
	}

	/** Taking a link of the card away changes the card. */
	#listen(card: Card | undefined): void {
		this.#watcher?.close();
		this.#watcher = undefined;
		this.#card = card;
		if (card === undefined) return;
		asHint(() => {
			this.#watcher = watch(card.path, () => {
				this.#called = true;
				this.#wake();
			});
			this.#watcher.once("error", () => this.#listen(undefined));
		});
	}
}
