/** A table of lawful moves: from each status, the statuses that may follow. Staying is always lawful. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

interface Item<S extends string> {
	readonly id: string;
	readonly status: S;
}

/**
 * What is unlawful about going from one list of items to the next: a move that the table does not know, an id that
 * stands twice, a new item that does not begin at the beginning, an item that left before it was decided.
 */
export function unlawful<S extends string>(
	table: Transitions<S>,
	first: S,
	current: readonly Item<S>[],
	next: readonly Item<S>[],
): string[] {
	const faults: string[] = [];
	const before = new Map(current.map((item) => [item.id, item.status]));
	const seen = new Set<string>();
	for (const { id, status } of next) {
		if (seen.has(id)) faults.push(`${id} stands in the queue twice`);
		seen.add(id);
		const from = before.get(id);
		if (from === undefined) {
			if (status !== first) faults.push(`${id} is new and must begin as ${first}, not as ${status}`);
		} else if (from !== status && !table[from].includes(status)) {
			faults.push(`${id} cannot go from ${from} to ${status}; from ${from} it may go to ${list(table[from])}`);
		}
	}
	for (const { id, status } of current)
		if (!seen.has(id) && table[status].length > 0)
			faults.push(`${id} is ${status}: only what is decided may leave the queue`);
	return faults;
}

function list(statuses: readonly string[]): string {
	return statuses.length === 0 ? "nothing else" : statuses.join(", ");
}
