/** What goes on beside the one thing that is waited for: answers on their way, an agent that is asked. At the end all of it is waited for. */
export class Background {
	readonly #running = new Set<Promise<unknown>>();

	/** A rejection is a fault of ours, and ends the process like any that nobody expected. */
	add(step: Promise<unknown>): void {
		this.#running.add(step);
		void step.finally(() => this.#running.delete(step));
	}

	/** Also for what was begun meanwhile. */
	async over(): Promise<void> {
		while (this.#running.size > 0) await Promise.allSettled([...this.#running]);
	}
}
