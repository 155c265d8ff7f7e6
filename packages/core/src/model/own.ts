/** What a record holds under a key of its own: a task may be called `constructor`, and objects know that word. */
export function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
