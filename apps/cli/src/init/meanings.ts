/** What the keys of a configuration mean, in the words of its schema. Pure. */
interface Schema {
	readonly description?: string;
	readonly enum?: readonly unknown[];
	readonly properties?: Readonly<Record<string, Schema>>;
}

export interface Meaning {
	/** `repository.path` */
	readonly key: string;
	readonly value: unknown;
	/** Empty where the key above said it. */
	readonly means: string;
}

/** JSON has no comments, so they are told beside it. */
export function meaningsOf(settings: object, schema: unknown): readonly Meaning[] {
	const all = leaves(settings, schema as Schema, "", "");
	return all.map((one, index) => (one.means === all[index - 1]?.means ? { ...one, means: "" } : one));
}

/** What has no description of its own is described with what it lies in. */
function leaves(settings: object, schema: Schema | undefined, above: string, described: string): Meaning[] {
	return Object.entries(settings).flatMap(([name, value]) => {
		const own = schema?.properties?.[name];
		const key = `${above}${name}`;
		const words = own?.enum === undefined ? "" : ` One of ${own.enum.join(", ")}.`;
		const means = `${own?.description ?? described}${words}`;
		const isLeaf = typeof value !== "object" || value === null || Array.isArray(value);
		return isLeaf ? [{ key, value, means }] : leaves(value, own, `${key}.`, means);
	});
}
