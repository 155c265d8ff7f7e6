/** How long to wait before the next try: longer each time, up to a minute. */
export function patience(tries: number): number {
	return Math.min(firstMs * 2 ** Math.min(tries, 10), longestMs);
}

const firstMs = 1_000;
const longestMs = 60_000;
