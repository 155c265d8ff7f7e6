/** What `up` and `down` say. */
import { inHome } from "./home.ts";
import type { Restart, UpPlan } from "./plan.ts";
import type { Pm2Process } from "./pm2.ts";

export function namesTaken(taken: readonly Pm2Process[], home: string): string {
	const lines = taken.map(
		({ name, cwd, state }) => `  ${name}, from ${cwd}${state === undefined ? "" : ` (state directory ${state})`}`,
	);
	return [
		`PM2 (home ${home}) already runs processes with our names:`,
		...lines,
		"Nothing was started. Stop them, or give this factory a PM2 of its own: PM2_HOME=~/.pm2-shopfloor npm start",
	].join("\n");
}

/** One line for each reason there is. */
export function restartLines(restarts: readonly Restart[]): string[] {
	const reasons = {
		build: "built anew since they were started",
		configuration: "the configuration is not the one they were started with",
	};
	return (["build", "configuration"] as const).flatMap((because) => {
		const names = restarts.filter((restart) => restart.because === because).map(({ name }) => name);
		return names.length === 0 ? [] : [`restarting ${names.join(", ")}: ${reasons[because]}…`];
	});
}

export function upLines(
	processes: readonly Pm2Process[],
	plan: UpPlan,
	about: {
		readonly home: string;
		readonly environment: NodeJS.ProcessEnv;
		readonly repository: string | null;
		readonly config: string;
	},
): string[] {
	const width = Math.max(...processes.map(({ name }) => name.length), 0);
	const typed = (command: string) => inHome(command, about.home, about.environment);
	return [
		headline(processes, plan),
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
			[typed("npx pm2 logs scheduler"), "what a process prints"],
			[typed("npm stop"), "take it all down again"],
		]),
	];
}

function headline(processes: readonly Pm2Process[], { start, restart, remove }: UpPlan): string {
	const online = processes.filter(({ status }) => status === "online").length;
	const state =
		online === processes.length
			? `Shopfloor is up: ${online} processes`
			: `Shopfloor is not all up: ${online} of ${processes.length} processes`;
	const restarted = (because: Restart["because"]) => restart.filter((one) => one.because === because).length;
	const parts = (
		[
			[start.length, "started"],
			[restarted("build"), "restarted with the new build"],
			[restarted("configuration"), "restarted with the new configuration"],
			[remove.length, "no longer wanted"],
		] as const
	).flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
	return `${state} under PM2 (${parts.length > 0 ? parts.join(", ") : "they ran already"}).`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...rows.map(([command]) => command.length));
	return rows.map(([command, what]) => `  ${command.padEnd(width)}   ${what}`);
}

export interface Running {
	readonly name: string;
	readonly pid: number;
}

export interface TakenDown {
	readonly stopped: readonly Running[];
	/** Ours, and alive although everything was done to end them. */
	readonly survivors: readonly Running[];
	/** In the seats of this factory, and unknown to this PM2. */
	readonly elsewhere: readonly Running[];
	readonly daemonEnded: boolean;
	/** How many processes that are not ours PM2 goes on with. */
	readonly others: number;
}

export interface Homes {
	readonly home: string;
	/** Where the factory was brought up last, as far as anybody knows. */
	readonly notedHome: string | undefined;
	readonly environment: NodeJS.ProcessEnv;
}

export function downLines(taken: TakenDown, homes: Homes): string[] {
	const { stopped, survivors, elsewhere } = taken;
	return [
		...(stopped.length > 0 ? [`Stopped ${stopped.map(({ name }) => name).join(", ")}. ${whatPm2Does(taken)}`] : []),
		...(survivors.length > 0 ? [survived(survivors)] : []),
		...(stopped.length + survivors.length === 0
			? [`Nothing of this factory runs under PM2 (home ${homes.home}).`]
			: []),
		...(elsewhere.length > 0 ? elsewhereLines(elsewhere, homes) : []),
		...(stopped.length > 0 ? ["The log and the queues are kept; npm start goes on from there."] : []),
	];
}

function whatPm2Does({ daemonEnded, others, survivors }: TakenDown): string {
	if (daemonEnded) return "PM2 itself had nothing left to do and ended too.";
	if (others > 0) return `PM2 goes on with ${others} of your other processes.`;
	return survivors.length > 0 ? "PM2 itself goes on." : "PM2 itself goes on; it ran before us.";
}

function survived(survivors: readonly Running[]): string {
	const pids = survivors.map(({ pid }) => pid).join(" ");
	return `Still alive, although PM2 has killed and forgotten them: ${list(survivors)}. End them: kill -9 ${pids}`;
}

function elsewhereLines(elsewhere: readonly Running[], { home, notedHome, environment }: Homes): string[] {
	const where = "They work on the same state directory, and this PM2 does not know them.";
	const help =
		notedHome !== undefined && notedHome !== home
			? `They were brought up under another one: ${inHome("npm stop", notedHome, environment)}`
			: `End them where they were started, or with: kill ${elsewhere.map(({ pid }) => pid).join(" ")}`;
	return [`Still at work: ${list(elsewhere)}. ${where}`, help];
}

function list(processes: readonly Running[]): string {
	return processes.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ");
}
