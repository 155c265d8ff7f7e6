/**
 * Who among the parts of one process may want a lock. All of them leave the same card, so a lock cannot tell them apart,
 * and one that lost it would take another's for its own.
 */
const taken = new Map<string, { readonly ended: Promise<void>; readonly end: () => void }>();

export async function takeTurn(lock: string): Promise<void> {
	while (!tryTurn(lock)) await taken.get(lock)?.ended;
}

export function tryTurn(lock: string): boolean {
	if (taken.has(lock)) return false;
	let end = () => {};
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	taken.set(lock, { ended, end });
	return true;
}

export function endTurn(lock: string): void {
	taken.get(lock)?.end();
	taken.delete(lock);
}
