const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `5m`, `2h`, `1d`, or several together as in `1h30m`. Undefined for anything else. */
export function parseDuration(text: string): number | undefined {
	const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/gy)];
	if (parts.length === 0 || parts.map((part) => part[0]).join("").length !== text.trim().length) return undefined;
	const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
	return Number.isFinite(ms) ? Math.round(ms) : undefined;
}

/** `4s`, `12m`, `3h05m`, `2d04h`: the two largest units, for people. */
export function showDuration(ms: number): string {
	const s = Math.max(0, Math.round(ms / 1_000));
	if (s < 60) return `${s}s`;
	const m = Math.floor(s / 60);
	if (m < 60) return `${m}m`;
	const h = Math.floor(m / 60);
	if (h < 24) return m % 60 === 0 ? `${h}h` : `${h}h${pad(m % 60)}m`;
	return h % 24 === 0 ? `${h / 24}d` : `${Math.floor(h / 24)}d${pad(h % 24)}h`;
}

function pad(n: number): string {
	return String(n).padStart(2, "0");
}
