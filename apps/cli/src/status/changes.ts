/** What is different between two looks at the factory, a line each: for logs and pipes, where nothing can be redrawn. */
import { oneLine, toMs } from "@shopfloor/core";
import { timesFor } from "../times.ts";
import type { Status } from "./status.ts";

/** The first look has nothing to be compared with, and tells what there is. */
export function changesBetween(before: Status | undefined, after: Status, timeZone: string): string[] {
	const { moment } = timesFor(toMs(after.at), timeZone);
	const stamp = moment(after.at);
	return [
		...changed(before, after, (status) => `the factory is ${factory(status)}`),
		...after.processes.flatMap(({ name, state, pid }) => {
			const was = before?.processes.find((process) => process.name === name);
			if (was?.state === state && was.pid === pid) return [];
			return [
				`${oneLine(name)} is ${state}${pid === null ? "" : `, pid ${pid}`}${was === undefined ? "" : ` (was ${was.state})`}`,
			];
		}),
		...changed(before, after, ({ tasks }) => `tasks: ${tasks.waiting} waiting, ${tasks.assigned} assigned`),
		...changed(before, after, ({ changes }) => `changes: ${changesText(changes)}`),
		...after.alerts
			.filter(({ seq }) => before !== undefined && seq > (before.log.head?.seq ?? 0))
			.map(({ severity, message }) => `${severity}: ${oneLine(message)}`),
	].map((line) => `${stamp}  ${line}`);
}

function changed(before: Status | undefined, after: Status, tell: (status: Status) => string): string[] {
	const told = tell(after);
	return before !== undefined && tell(before) === told ? [] : [told];
}

function factory({ factory: { state, alive }, pauses, config }: Status): string {
	const asked = Object.entries(pauses).map(
		([scope, { kind, by, reason }]) =>
			`${oneLine(scope)} ${kind === "stop" ? "stopped" : "paused"} by ${oneLine(by)}: ${oneLine(reason)}`,
	);
	const processes = `${alive} ${alive === 1 ? "process" : "processes"}`;
	const bare = config.isSandboxOff ? ["without a sandbox"] : [];
	return [state === "down" ? "down" : `${state} with ${processes}`, ...bare, ...asked].join("; ");
}

function changesText(changes: Status["changes"]): string {
	const parts = Object.entries(changes).map(([status, count]) => `${count} ${oneLine(status)}`);
	return parts.length === 0 ? "none" : parts.join(", ");
}
