/** Who was turned away, counted and not written down one by one: a flood of them must not become a flood in the log. */
export interface Refused {
	readonly count: number;
	/** How many came from where, the most first. */
	readonly from: readonly (readonly [address: string, count: number])[];
}

export class Refusals {
	#count = 0;
	readonly #from = new Map<string, number>();

	note(address: string): void {
		this.#count++;
		const known = this.#from.get(address);
		if (known !== undefined || this.#from.size < addressesMost) this.#from.set(address, (known ?? 0) + 1);
	}

	look(): Refused {
		return { count: this.#count, from: [...this.#from].sort(([, one], [, other]) => other - one) };
	}

	/** They have been told of. */
	forget({ count, from }: Refused): void {
		this.#count -= count;
		for (const [address] of from) this.#from.delete(address);
	}
}

/** Those that come later are counted and not named. */
const addressesMost = 1_000;
