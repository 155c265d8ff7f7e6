/** Does `work` for each, at most so many at once. */
export async function inParallel<T>(width: number, items: readonly T[], work: (item: T) => Promise<void>) {
	const left = [...items];
	const worker = async () => {
		for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
	};
	await Promise.all(Array.from({ length: width }, worker));
}
