/**
 * Who among the parts of one process may want a lock. All of them leave the same card, so a lock cannot tell them apart,
 * and one that lost it would take another's for its own.
 */
const taken = new Map<string, { readonly ended: Promise<void>; readonly end: () => void }>();

/** False when the turn of another part did not end in time. */
export async function takeTurn(lock: string, ms: number): Promise<boolean> {
	if (tryTurn(lock)) return true;
	let late = false;
	let tooLate = () => {};
	const time = new Promise<void>((resolve) => {
		tooLate = resolve;
	});
	const timer = setTimeout(() => {
		late = true;
		tooLate();
	}, ms);
	while (!late && !tryTurn(lock)) await Promise.race([taken.get(lock)?.ended, time]);
	clearTimeout(timer);
	return !late;
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
