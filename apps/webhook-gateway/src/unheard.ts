/** Tasks that were asked for and that the scheduler has not answered yet. The fold knows them from when they are queued. */
import type { Entry } from "@shopfloor/core";
import { taskIdOf } from "@shopfloor/core/person";

export class UnheardTasks {
	readonly #tasks: Set<string>;

	constructor(tasks: readonly { readonly id: string }[]) {
		this.#tasks = new Set(tasks.map(({ id }) => id));
	}

	hear(entry: Entry): void {
		if (entry.type === "task_requested") this.#tasks.add(taskIdOf(entry));
		if (entry.type === "task_queued" || entry.type === "task_settled") this.#tasks.delete(entry.data.task);
		const [oldest] = this.#tasks;
		if (this.#tasks.size > tasksMost && oldest !== undefined) this.#tasks.delete(oldest);
	}

	get count(): number {
		return this.#tasks.size;
	}
}

/** Others may ask without bound; whoever has so many open takes no more anyway. */
const tasksMost = 10_000;
