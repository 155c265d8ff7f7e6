/** Whether nothing stands at a place of the body: an API says that differently from something wrong. */
export function isMissing(body: unknown, path: readonly PropertyKey[]): boolean {
	const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], body);
	return found === undefined;
}
