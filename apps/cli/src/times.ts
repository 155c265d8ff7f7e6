/** Points in time, for people. */
import { showDuration, toMs } from "@shopfloor/core";

export interface Times {
	/** `01-31 08:02:11`, in the person's zone. */
	moment(instant: string): string;
	/** `08:02` for what is less than a day old, else `01-31 08:02`. */
	clock(instant: string): string;
	/** `12m`; `?` for what is no instant. */
	age(instant: string): string;
}

export function timesFor(nowMs: number, timeZone: string): Times {
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23",
	});
	function parts(ms: number): Record<string, string> {
		return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
	}
	return {
		moment(instant) {
			const ms = toMs(instant);
			if (Number.isNaN(ms)) return unknownMoment;
			const { month, day, hour, minute, second } = parts(ms);
			return `${month}-${day} ${hour}:${minute}:${second}`;
		},
		clock(instant) {
			const ms = toMs(instant);
			if (Number.isNaN(ms)) return "?";
			const { month, day, hour, minute } = parts(ms);
			return nowMs - ms < dayMs ? `${hour}:${minute}` : `${month}-${day} ${hour}:${minute}`;
		},
		age(instant) {
			const ms = toMs(instant);
			return Number.isNaN(ms) ? "?" : showDuration(nowMs - ms);
		},
	};
}

const dayMs = 86_400_000;
/** As wide as a moment. */
const unknownMoment = "?".padEnd(14);
