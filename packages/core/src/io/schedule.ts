/** When a process's next turn is. croner knows cron; durations are counted from the turn before. */
import { Cron } from "croner";
import { parseDuration } from "../model/duration.ts";

/** The next turn after one at `lastMs`. Turns that were missed while the process was down are made up once, not each. */
export function nextTurn(schedule: string, lastMs: number): number {
	const every = parseDuration(schedule);
	if (every !== undefined) return lastMs + every;
	const next = new Cron(schedule, { timezone: "UTC", paused: true }).nextRun(new Date(lastMs));
	// A cron line that never comes again, such as the 30th of February.
	return next?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** Why this is no schedule; undefined when it is one. */
export function scheduleFault(schedule: string): string | undefined {
	if (parseDuration(schedule) !== undefined) return undefined;
	try {
		const cron = new Cron(schedule, { timezone: "UTC", paused: true });
		return cron.nextRun() === null ? "it never comes" : undefined;
	} catch (error) {
		return (error as Error).message.replace(/^CronPattern: /, "");
	}
}
