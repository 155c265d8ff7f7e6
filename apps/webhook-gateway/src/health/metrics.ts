/** The fold as Prometheus reads it (text format 0.0.4). Pure. */
import { type FactoryState, toMs } from "@shopfloor/core";

export interface Measured {
	readonly state: FactoryState;
	readonly nowMs: number;
	/** Requests that were answered, by the kind of answer. */
	readonly requests: readonly (readonly [kind: string, count: number])[];
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export function metricsOf({ state, nowMs, requests }: Measured): string {
	const { processes, work, spending, rates, steering, health } = state;
	const day = new Date(nowMs).toISOString().slice(0, 10);
	const today = spending.days[day];
	const known = Object.entries(processes);
	const hours = Object.entries(rates).filter(([hour]) => hour.startsWith(day));
	const sum = (name: keyof (typeof rates)[string]) => hours.reduce((total, [, hour]) => total + hour[name], 0);
	const waiting = Object.values(work.tasks).filter((session) => session === null).length;
	const changes = countBy(Object.values(work.changes).map(({ status }) => status));
	return [
		gauge("log_seq", "Number of the last entry.", [[{}, state.seq]]),
		gauge(
			"process_up",
			"1 while the process says that it runs.",
			known.map(([process, { status }]) => [{ process }, status === "running" ? 1 : 0]),
		),
		gauge(
			"process_heartbeat_age_seconds",
			"Since the process's work loop was heard.",
			known.map(([process, { heartbeat }]) => [{ process }, Math.max(0, nowMs - toMs(heartbeat)) / 1_000]),
		),
		gauge(
			"process_crashes",
			"Crashes that count against the budget.",
			known.map(([process, { crashes }]) => [{ process }, crashes.length]),
		),
		gauge("tasks", "Open tasks.", [
			[{ state: "waiting" }, waiting],
			[{ state: "assigned" }, Object.keys(work.tasks).length - waiting],
		]),
		gauge(
			"changes",
			"Changes that are not decided.",
			Object.entries(changes).map(([status, count]) => [{ status }, count]),
		),
		gauge("questions", "Questions that wait for a person.", [[{}, Object.keys(work.approvals).length]]),
		gauge("triggers", "Requests for a turn that nobody has answered.", [[{}, Object.keys(steering.triggers).length]]),
		gauge(
			"held",
			"Scopes that are paused or stopped.",
			Object.entries(steering.pauses).map(([scope, { kind }]) => [{ scope, kind }, 1]),
		),
		gauge("spent_today_dollars", "Settled calls of this day (UTC).", [[{}, today?.usd ?? 0]]),
		gauge("reserved_dollars", "Calls that are under way.", [
			[{}, Object.values(spending.open).reduce((total, { usd }) => total + usd, 0)],
		]),
		gauge("calls_today", "Paid calls of this day (UTC).", [[{}, today?.calls ?? 0]]),
		gauge(
			"today",
			"Counts of this day (UTC).",
			(["cycles", "pushed", "discarded", "landed", "rejected", "reverted", "alerts"] as const).map((what) => [
				{ what },
				sum(what),
			]),
		),
		gauge("messages_today", "Messages to the bot of this day (UTC).", [
			[{ handled: "true" }, sum("messages") - sum("unhandled")],
			[{ handled: "false" }, sum("unhandled")],
		]),
		gauge(
			"memory_used_share",
			"Of the machine, as of the last look.",
			health === null ? [] : [[{}, health.memory.usedShare]],
		),
		gauge("disk_free_bytes", "As of the last look.", health === null ? [] : [[{}, health.disk.freeBytes]]),
		metric(
			"http_requests_total",
			"counter",
			"Answered requests since the gateway began.",
			requests.map(([status, count]) => [{ status }, count]),
		),
	].join("");
}

function gauge(name: string, help: string, samples: readonly Sample[]): string {
	return metric(name, "gauge", help, samples);
}

function metric(name: string, type: "gauge" | "counter", help: string, samples: readonly Sample[]): string {
	const full = `shopfloor_${name}`;
	const lines = samples.map(([labels, value]) => `${full}${labelled(labels)} ${value}\n`);
	return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join("")}`;
}

function labelled(labels: Sample[0]): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
	return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
	return value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}

function countBy(names: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}
