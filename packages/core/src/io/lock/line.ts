/**
 * The line of those that wait for a lock: a folder with a ticket for each, named so that who came first comes first.
 * Whoever gives the lock back takes the first ticket away, which its owner notices; nobody else wakes up.
 *
 * A call is a hint. The one that is called may be dead, stand still, or find the lock taken again (then it stands where
 * it stood); so everybody in the line comes and looks now and then anyway.
 */
import { existsSync, type FSWatcher, readdirSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { uniqueName } from "../process-identity.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { cardIn, leaveCard, takeAway } from "./card.ts";

/** Takes the first one's ticket away. */
export function callNext(lock: string): void {
	for (const ticket of ticketsOf(lock).sort()) if (takeAway(join(lineOf(lock), ticket))) return;
}

function ticketsOf(lock: string): string[] {
	try {
		return readdirSync(lineOf(lock));
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return [];
		throw error;
	}
}

function lineOf(lock: string): string {
	return `${lock}.line`;
}

export class Ticket {
	readonly #folder: string;
	readonly #place: string;
	readonly #watcher: FSWatcher | undefined;
	#called = false;
	#wake = () => {};
	/** False where the system has no watch left to give; who waits must look more often then. */
	hears: boolean;

	constructor(lock: string) {
		this.#folder = dirname(lock);
		this.#place = join(lineOf(lock), `${String(process.hrtime.bigint()).padStart(20, "0")}.${uniqueName()}`);
		this.stand();
		this.#watcher = this.#listen();
		this.hears = this.#watcher !== undefined;
	}

	/** Where it stood before. False when it stands there still; then whoever gives the lock back will call. */
	stand(): boolean {
		if (existsSync(this.#place)) return false;
		if (leaveCard(this.#folder, this.#place) === undefined) leaveCard(this.#folder, this.#place);
		return true;
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

	leave(): void {
		this.#watcher?.close();
		if (existsSync(this.#place)) takeAway(this.#place);
	}

	/** Taking a link of the card away changes the card. */
	#listen(): FSWatcher | undefined {
		try {
			const watcher = watch(cardIn(this.#folder).path, () => {
				this.#called = true;
				this.#wake();
			});
			watcher.once("error", () => {
				this.hears = false;
			});
			return watcher;
		} catch (error) {
			if (["EMFILE", "ENOSPC", "ENOENT"].includes(errnoOf(error) ?? "")) return undefined;
			throw error;
		}
	}
}
