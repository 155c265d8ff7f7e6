/** How many requests were answered, by the kind of answer: 2xx, 4xx, … Since this process began. */
export class Traffic {
	readonly #counts = new Map<string, number>();

	note(status: number): void {
		const kind = `${Math.floor(status / 100)}xx`;
		this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
	}

	look(): readonly (readonly [kind: string, count: number])[] {
		return [...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1));
	}
}
