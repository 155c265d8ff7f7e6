/** How much work is open, counting what was taken a moment ago and has not come back by the log yet. */
import type { FactoryState, Seq } from "@shopfloor/core";
import type { Live } from "./live.ts";

export class Admission {
	readonly #most: number;
	#underWay = 0;
	readonly #taken = new Set<Seq>();

	constructor(most: number) {
		this.#most = most;
	}

	/** Undefined when too much waits already; else to be called with the entry's seq, or without when nothing came of it. */
	enter({ state, unheard }: Pick<Live, "state" | "unheard">): ((seq?: Seq) => void) | undefined {
		for (const seq of this.#taken) if (seq <= state.seq) this.#taken.delete(seq);
		if (openIn(state) + unheard + this.#taken.size + this.#underWay >= this.#most) return undefined;
		this.#underWay++;
		return (seq) => {
			this.#underWay--;
			if (seq !== undefined) this.#taken.add(seq);
		};
	}
}

/** Triggers that nobody has answered, and tasks that nobody has begun. */
function openIn({ steering, work }: FactoryState): number {
	return Object.keys(steering.triggers).length + Object.values(work.tasks).filter((session) => session === null).length;
}
