/** What `up` and `down` say. */
import type { Pm2Process } from "./pm2.ts";

export function namesTaken(taken: readonly Pm2Process[], home: string): string {
	const lines = taken.map(({ name, cwd }) => `  ${name}, from ${cwd}`);
	return [
		`PM2 (home ${home}) already runs processes with our names:`,
		...lines,
		"Nothing was started. Stop them, or give this factory a PM2 of its own: PM2_HOME=~/.pm2-shopfloor npm start",
	].join("\n");
}

export function upLines(
	processes: readonly Pm2Process[],
	done: { readonly started: number; readonly restarted: number; readonly removed: number },
	about: { readonly home: string; readonly repository: string | null; readonly config: string },
): string[] {
	const width = Math.max(...processes.map(({ name }) => name.length), 0);
	return [
		headline(processes, done),
		...processes.map(
			({ name, status, pid }) => `  ${name.padEnd(width)}  ${status}${status === "online" ? `  pid ${pid}` : ""}`,
		),
		"",
		about.repository === null
			? `There is no ${about.config}: the floor runs, with no repository to work on.`
			: `They work on ${about.repository}.`,
		"",
		"What next:",
		...columns([
			["npx shopfloor status --watch", "what it does, live"],
			[`${pm2(about.home)} logs scheduler`, "what a process prints"],
			["npm stop", "take it all down again"],
		]),
	];
}

function headline(
	processes: readonly Pm2Process[],
	done: { started: number; restarted: number; removed: number },
): string {
	const online = processes.filter(({ status }) => status === "online").length;
	const state =
		online === processes.length
			? `Shopfloor is up: ${online} processes`
			: `Shopfloor is not all up: ${online} of ${processes.length} processes`;
	const parts = [
		...(done.started > 0 ? [`${done.started} started`] : []),
		...(done.restarted > 0 ? [`${done.restarted} restarted with the new build`] : []),
		...(done.removed > 0 ? [`${done.removed} no longer wanted`] : []),
	];
	return `${state} under PM2 (${parts.length > 0 ? parts.join(", ") : "they ran already"}).`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...rows.map(([command]) => command.length));
	return rows.map(([command, what]) => `  ${command.padEnd(width)}   ${what}`);
}

/** The command that reaches this PM2. */
function pm2(home: string): string {
	return home.endsWith("/.pm2") ? "npx pm2" : `PM2_HOME=${home} npx pm2`;
}

export function downLines(stopped: readonly string[], daemonEnded: boolean, others: number): string[] {
	if (stopped.length === 0) return ["Nothing of this factory runs under PM2."];
	const rest = daemonEnded
		? "PM2 itself had nothing left to do and ended too."
		: others > 0
			? `PM2 goes on with ${others} of your other processes.`
			: "PM2 itself goes on; it ran before us.";
	return [`Stopped ${stopped.join(", ")}. ${rest}`, "The log and the queues are kept; npm start goes on from there."];
}
