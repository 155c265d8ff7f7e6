/** Instants as the log writes them, `2026-01-31T08:00:00.000Z`, to milliseconds; NaN for anything else. */
export function toMs(instant: string): number {
	const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(instant);
	if (match === null) return Number.NaN;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = match.slice(1).map(Number);
	return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + ms;
}

/** Counted in years that begin in March, so that the leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
	const y = month <= 2 ? year - 1 : year;
	const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
	return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}
