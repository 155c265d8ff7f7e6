/** Points in time, for people, in the zone of this machine. Pure. */
import { showDuration, toMs } from "@shopfloor/core";

export interface Times {
	readonly nowMs: number;
	/** `08:02` for what is less than half a day away, else `01-31 08:02`. */
	clock(instant: string): string;
	/** `12m`; `?` for what is no instant. */
	age(instant: string): string;
	/** `22:30` at this moment. */
	timeOfDay(): string;
}

export function timesFor(nowMs: number, timeZone: string): Times {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	function parts(ms: number): Record<string, string> {
		return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
	}
	return {
		nowMs,
		clock(instant) {
			const ms = toMs(instant);
			if (Number.isNaN(ms)) return "?";
			const { month, day, hour, minute } = parts(ms);
			return Math.abs(nowMs - ms) < halfDayMs ? `${hour}:${minute}` : `${month}-${day} ${hour}:${minute}`;
		},
		age(instant) {
			const ms = toMs(instant);
			return Number.isNaN(ms) ? "?" : showDuration(nowMs - ms);
		},
		timeOfDay() {
			const { hour, minute } = parts(nowMs);
			return `${hour}:${minute}`;
		},
	};
}

const halfDayMs = 43_200_000;
