/** What the commands answer. What others wrote stands in code. Pure. */
import {
	type Entry,
	type EntryType,
	type FactoryConfig,
	type FactoryState,
	showUsd,
	spentOnDay,
	standingPause,
} from "@shopfloor/core";
import type { Answered, Held, Need, Presence, QueueSight, Resumed, Status, TaskFault } from "@shopfloor/core/person";
import { type ActionName, botActions, type SkillSet } from "@shopfloor/skills";
import { bold, joined, lines, type Part, quoted, type Rich, rich } from "../chat/rich.ts";
import { sentenceOf, told } from "../sentences.ts";
import type { Times } from "../times.ts";

interface Glance {
	readonly status: Status;
	readonly state: FactoryState;
	readonly capUsd: number;
	readonly times: Times;
}

/** One screen: is it working, what did it do, does it need somebody, what does it cost. */
export function status({ status: seen, state, capUsd, times }: Glance): Rich {
	const { waiting, assigned } = seen.tasks;
	const changes = Object.values(seen.changes).reduce((sum, count) => sum + count, 0);
	const alert = seen.alerts.findLast(({ severity }) => severity !== "note");
	return lines(
		...headlines(seen, times),
		needs(seen),
		did(state, times),
		`Today it spent ${showUsd(seen.spentToday.usd)} of ${showUsd(capUsd)}.`,
		...sessions(state, times),
		`Queue: ${counted(waiting + assigned, "task")}${waiting === 0 ? "" : `, ${waiting} waiting`}; ${counted(changes, "open change")}.`,
		alert === undefined ? undefined : rich(`Last alert, ${times.age(alert.at)} ago: `, quoted(alert.message)),
	);
}

function headlines({ factory, processes, pauses, config }: Status, times: Times): Part[] {
	const wanted = processes.filter(({ expected }) => expected).length;
	const count = factory.alive >= wanted ? `${wanted}` : `${factory.alive} of ${wanted}`;
	const word = { running: "works", paused: "is paused", stopped: "is stopped", down: "is down" }[factory.state];
	return [
		rich(bold(`The factory ${word}`), `, ${count} ${wanted === 1 ? "process" : "processes"} up.`),
		...(config.isSandboxOff ? [bold("Without a sandbox: agents can do all that you can.")] : []),
		...Object.entries(pauses).map(([scope, { kind, by, at, until, reason }]) =>
			rich(
				scope === "all" ? "Everything" : quoted(scope),
				` is ${kind === "stop" ? "stopped" : "paused"} since ${times.clock(at)}${until === undefined ? "" : ` until ${times.clock(until)}`}, by `,
				quoted(by),
				": ",
				quoted(reason),
			),
		),
	];
}

function needs({ questions, needs: found }: Status): Part {
	const open = Object.keys(questions).length;
	const all: Part[] = [
		...(open === 0 ? [] : [`${counted(open, "question")} (/approve)`]),
		...found.flatMap((need) => needOf(need) ?? []),
	];
	return all.length === 0 ? "It needs nobody." : rich(bold("It needs you"), ": ", joined(all, ", "));
}

/** What only a look at the machine can mend is for the machine. */
function needOf(need: Need): Part | undefined {
	switch (need.kind) {
		case "unconfigured":
			return "no repository is configured";
		case "faulty-config":
			return `the configuration has ${counted(need.faults, "fault")}`;
		case "gone":
		case "parked":
		case "silent":
			return rich(joined(need.processes.map(quoted), ", "), ` ${need.kind === "gone" ? "gone" : need.kind}`);
		case "off":
			return rich(joined(need.processes.map(quoted), ", "), " not running");
		case "memory":
			return "little memory is left";
		case "disk":
			return "little of the disk is left";
		default:
			return undefined;
	}
}

const hoursTold = 24;

function did({ rates }: FactoryState, { nowMs }: Times): string {
	const sum = { cycles: 0, discarded: 0, landed: 0, rejected: 0 };
	for (const [hour, counts] of Object.entries(rates)) {
		// Of the hour (UTC) that is under way, and those before it.
		if (hour < hourOf(nowMs - (hoursTold - 1) * 3_600_000)) continue;
		for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += counts[name];
	}
	const parts = [
		`${sum.landed} landed`,
		...(sum.rejected === 0 ? [] : [`${sum.rejected} sent back`]),
		`${counted(sum.cycles, "cycle")}${sum.discarded === 0 ? "" : `, ${sum.discarded} discarded`}`,
	];
	return `In ${hoursTold} hours: ${parts.join(", ")}.`;
}

function hourOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 13);
}

/** As many as a screen takes. */
const sessionsShown = 8;

function sessions({ work }: FactoryState, times: Times): Part[] {
	const names = Object.keys({ ...work.sessions, ...work.cycles }).sort((one, other) =>
		one.localeCompare(other, "en", { numeric: true }),
	);
	return names.slice(0, sessionsShown).map((name) => {
		const cycle = work.cycles[name];
		const last = work.sessions[name];
		if (cycle !== undefined)
			return rich(
				quoted(name),
				`: ${cycle.step} for ${times.age(cycle.at)}`,
				cycle.task === null ? "" : rich(", ", quoted(cycle.task)),
				cycle.title === undefined ? "" : rich(" ", quoted(cycle.title)),
			);
		if (last?.outcome == null) return rich(quoted(name), ": waits");
		return rich(quoted(name), `: waits; ${last.outcome} ${times.age(last.at)} ago`);
	});
}

export function queue({ tasks, asked, changes, questions }: QueueSight, times: Times): Rich {
	if (tasks.length + asked.length + changes.length === 0)
		return rich("The queue is empty. To ask for something: /task and what is to be done.");
	const isAsked = new Set(Object.values(questions).map(({ change }) => change));
	return lines(
		bold(`${counted(tasks.length + asked.length, "task")}`),
		...tasks.map(({ id, title, status: is, session, waitsFor }) =>
			rich(
				quoted(id),
				` ${is}${session === undefined ? "" : ` by ${session}`}${waitsFor.length === 0 ? "" : `, after ${waitsFor.join(", ")}`}: `,
				quoted(title),
			),
		),
		...asked.map(({ id, title }) => rich(quoted(id), " just asked for: ", quoted(title))),
		bold(`${counted(changes.length, "change")}`),
		...changes.map(({ id, title, status: is, changed }) =>
			rich(quoted(id), ` ${isAsked.has(id) ? "waits for you" : is} for ${times.age(changed)}: `, quoted(title)),
		),
		isAsked.size === 0 ? undefined : "To decide: /approve",
	);
}

export function cost(state: FactoryState, { perDay, perRole }: FactoryConfig["budget"], times: Times): Rich {
	const day = new Date(times.nowMs).toISOString().slice(0, 10);
	const { spending } = state;
	const { settledUsd, reservedUsd } = spentOnDay(spending, day);
	const days = Object.entries(spending.days)
		.sort(([one], [other]) => (one < other ? 1 : -1))
		.slice(0, daysShown);
	const roles = Object.entries(spending.days[day]?.byRole ?? {});
	const week = days.reduce((sum, [, { usd }]) => sum + usd, 0);
	const pause = standingPause(state, "budget", times.nowMs);
	const caps = perRole as Readonly<Record<string, number | undefined>>;
	return lines(
		bold(`Today: ${showUsd(settledUsd)} of ${showUsd(perDay)}`),
		reservedUsd === 0 ? undefined : `${showUsd(reservedUsd)} more is reserved for calls that run.`,
		...roles.map(([role, agents]) => {
			const usd = Object.values(agents).reduce((sum, tally) => sum + tally.usd, 0);
			const calls = Object.values(agents).reduce((sum, tally) => sum + tally.calls, 0);
			const cap = caps[role];
			return rich(
				quoted(role),
				`: ${showUsd(usd)}${cap === undefined ? "" : ` of ${showUsd(cap)}`}, ${counted(calls, "call")}`,
			);
		}),
		days.length < 2 ? undefined : `The last ${days.length} days: ${showUsd(week)}.`,
		pause === undefined
			? undefined
			: rich(bold("Paid calls are paused"), ": ", quoted(pause.reason), " To go on: /resume budget"),
	);
}

const daysShown = 7;

/** Heartbeats and steps say that it lives; this is about what happened. */
export const toldTypes: readonly EntryType[] = told;

export function log(entries: readonly Entry[], times: Times): Rich {
	if (entries.length === 0) return rich("Nothing has happened yet.");
	return lines(...entries.map((entry) => rich(`${times.clock(entry.ts)} ${entry.by} `, quoted(sentenceOf(entry)))));
}

export function skills(known: SkillSet["skills"]): Rich {
	if (known.length === 0) return rich("I understand the commands alone. /help lists them.");
	return lines(
		bold(`Besides the commands I understand ${counted(known.length, "kind")} of free words:`),
		...known.map(({ name, action, origin, examples }) =>
			rich(quoted(name), ` → /${action}${origin === "learned" ? ", learned" : ""}: `, quoted(examples[0] ?? "")),
		),
	);
}

export function helpAll(): Rich {
	return lines(
		bold("What you can tell me"),
		...botActions.map(({ name }) => `${usages[name]} – ${abouts[name]}`),
		"Or say it in your own words. More about one of them: /help pause",
	);
}

export function helpOn(name: ActionName): Rich {
	return lines(bold(usages[name]), `${capital(abouts[name])}.`, `For example: ${examples[name]}`);
}

const usages: Readonly<Record<ActionName, string>> = {
	status: "/status",
	queue: "/queue",
	cost: "/cost",
	log: "/log [how many]",
	skills: "/skills",
	help: "/help [command]",
	review: "/review [change]",
	standup: "/standup",
	doctor: "/doctor",
	task: "/task <what is to be done>",
	ticket: "/ticket <what you want>",
	approve: "/approve [change]",
	reject: "/reject [change] [why]",
	pause: "/pause [who] [how long] [why]",
	resume: "/resume [who]",
	stop: "/stop [who] [why]",
};

/** Also what Telegram shows beside the command. */
export const abouts: Readonly<Record<ActionName, string>> = {
	status: "does it work, and does it need you",
	queue: "tasks that wait, changes in review",
	cost: "what was spent, and what is left",
	log: "what happened lately",
	skills: "which free words I understand",
	help: "what you can tell me",
	review: "review what was pushed, now",
	standup: "have the crew meet",
	doctor: "have every process looked at",
	task: "ask for one thing to be done",
	ticket: "hand in work that ends in a pull request",
	approve: "let a change land, or see all that is asked",
	reject: "turn a change away",
	pause: "begin nothing new, finish what runs",
	resume: "go on after a pause or a stop",
	stop: "end everything that runs, now",
};

const examples: Readonly<Record<ActionName, string>> = {
	status: "/status",
	queue: "/queue",
	cost: "/cost",
	log: "/log 30",
	skills: "/skills",
	help: "/help task",
	review: "/review c-3f2a",
	standup: "/standup",
	doctor: "/doctor",
	task: "/task guard the average against an empty list",
	ticket: "/ticket export the report as CSV",
	approve: "/approve c-3f2a",
	reject: "/reject c-3f2a it needs a test",
	pause: "/pause ralph-1 2h its branch needs a look",
	resume: "/resume ralph-1",
	stop: "/stop it is spending too much",
};

export function wordsMissing(name: ActionName): Rich {
	return rich(`Say it in the same message: ${usages[name]}`);
}

export function tooLong(name: ActionName, length: number, max: number): Rich {
	return rich(`That is ${length} characters long; a ${name} takes ${max}. Nothing was done.`);
}

export function nobodyDoes(what: string): Rich {
	return rich("No process of this factory does that: ", quoted(what), ". Nothing was done.");
}

export function begun(what: string, name: string, presence: Presence): Rich {
	const begins = presence.kind === "there" ? `${name} begins as soon as it is free; I tell you when it is done.` : "";
	return lines(`Asked for: ${what}.`, begins === "" ? whyLater(presence, name) : begins);
}

function whyLater(presence: Presence, name: string): Part {
	switch (presence.kind) {
		case "there":
			return "";
		case "away":
			return `${name} does not run. It is done as soon as it does.`;
		case "held":
			return rich(
				presence.scope === "all" ? "The factory" : quoted(presence.scope),
				` is ${presence.how}: `,
				quoted(presence.reason),
				` It is done when it goes on: /resume${presence.scope === "all" ? "" : ` ${presence.scope}`}`,
			);
	}
}

interface TaskAsked {
	readonly task: string;
	readonly title: string;
	/** Before it. */
	readonly waiting: number;
	readonly presence: Presence;
}

export function taskAsked({ task, title, waiting, presence }: TaskAsked): Rich {
	const before =
		waiting === 0
			? "Nothing waits before it."
			: `${counted(waiting, "task")} ${waiting === 1 ? "waits" : "wait"} already.`;
	return lines(
		rich("Noted as ", quoted(task), ": ", quoted(title)),
		presence.kind === "there" ? before : whyLater(presence, "scheduler"),
	);
}

const fields: Readonly<Record<TaskFault["field"], string>> = {
	title: "The first line",
	detail: "What follows the first line",
	files: "A file",
	priority: "The priority",
	after: "What it waits for",
	key: "The key",
};

export function taskFaults(faults: readonly TaskFault[]): Rich {
	return lines(...faults.map(({ field, message }) => `${fields[field]} ${message}`), "Nothing was asked for.");
}

export function saidBefore(seq: number): Rich {
	return rich(`That message was something else before (entry ${seq}). Nothing was done; say it again.`);
}

export function paused(scope: string, until: string | undefined, held: Held, times: Times): Rich {
	if (held.kind !== "held") return notHeld(scope, held, times);
	return lines(
		rich(bold(rest(scope, "is paused")), until === undefined ? "." : ` until ${times.clock(until)}.`),
		"Running work finishes, nothing new starts.",
		undo(scope),
	);
}

export function stopped(scope: string, alive: number, held: Held, times: Times): Rich {
	if (held.kind !== "held") return notHeld(scope, held, times);
	return lines(
		bold(`${rest(scope, "is stopped")}.`),
		`What is being worked on ends now; nothing starts, not even after a restart.${alive === 0 ? " No process runs." : ""}`,
		held.unended === null ? undefined : rich(bold("Not everything ended"), ": ", quoted(held.unended)),
		undo(scope),
	);
}

function notHeld(scope: string, held: Exclude<Held, { kind: "held" }>, times: Times): Rich {
	switch (held.kind) {
		case "already": {
			const { kind, by, at, reason } = held.standing;
			const is = `${rest(scope, kind === "stop" ? "is stopped" : "is paused")} already, since ${times.clock(at)}, by `;
			return lines(rich(is, quoted(by), ": ", quoted(reason)), undo(scope));
		}
		case "unknown-scope":
			return unknownScope(scope, held.known);
		case "id-taken":
			return saidBefore(held.entry.seq);
	}
}

export function resumed(scope: string, result: Resumed): Rich {
	switch (result.kind) {
		case "unknown-scope":
			return unknownScope(scope, result.known);
		case "id-taken":
			return saidBefore(result.entry.seq);
		default: {
			const head = result.kind === "resumed" ? bold(`${rest(scope, "goes on")}.`) : `${rest(scope, "is not paused")}.`;
			return lines(
				head,
				...result.left.map(
					({ scope: other, kind }) =>
						`${rest(other, kind === "stop" ? "is still stopped" : "is still paused")}: ${resumeCommand(other)}`,
				),
			);
		}
	}
}

function unknownScope(scope: string, known: readonly string[]): Rich {
	return lines(
		rich(quoted(scope), " is nothing that can be paused. Nothing was done."),
		`There are: ${known.join(", ")}`,
	);
}

function rest(scope: string, verb: string): string {
	return `${scope === "all" ? "The factory" : scope} ${verb}`;
}

function undo(scope: string): string {
	return `To go on: ${resumeCommand(scope)}`;
}

function resumeCommand(scope: string): string {
	return `/resume${scope === "all" ? "" : ` ${scope}`}`;
}

export function answered(answer: "approve" | "reject", result: Answered, times: Times): Rich {
	switch (result.kind) {
		case "answered": {
			const { change, bound } = result;
			const head = rich(
				quoted(change.id),
				` is ${answer === "approve" ? "approved" : "rejected"}, bound to ${bound.commit.slice(0, 12)}.`,
			);
			return answer === "reject" ? head : lines(head, "It lands when its checks, together with the others', pass.");
		}
		case "note-missing":
			return rich("Say why in the same message: the next attempt reads it. Nothing was done.");
		case "unknown-change":
		case "unknown-question":
			return rich("There is no such question. What is open: /queue");
		case "several-changes":
			return severalChanges("", result.ids);
		case "not-open":
			return notOpen(result, times);
		case "overtaken":
			return rich(
				quoted(result.change.id),
				" went on since the question was asked. Nothing was done. To be asked anew: /review ",
				quoted(result.change.id),
			);
		case "second": {
			const { by, data } = result.given;
			return rich(quoted(by), ` was quicker, and said ${data.answer}. Nothing was done.`);
		}
	}
}

function notOpen({ change, question }: Extract<Answered, { kind: "not-open" }>, times: Times): Rich {
	const { id, status: is, landed } = change;
	if (is === "landed")
		return rich(
			quoted(id),
			` has landed${landed === null ? "" : ` as ${landed.commit.slice(0, 12)}`}. Nothing is asked about it.`,
		);
	if (question?.state === "answered" && question.answer !== null)
		return rich(
			quoted(id),
			` was answered ${times.age(question.answer.at)} ago: ${question.answer.answer}, by `,
			quoted(question.answer.by),
			". Nothing was done.",
		);
	if (question?.state === "expired")
		return rich(
			"The question about ",
			quoted(id),
			` ran out at ${times.clock(question.expires)}. To be asked anew: /review `,
			quoted(id),
		);
	return rich("No question is open about ", quoted(id), `; it is ${is}.`);
}

export function unknownChange(word: string): Rich {
	return rich("There is no change ", quoted(word), ". Those that are open: /queue");
}

export function severalChanges(word: string, ids: readonly string[]): Rich {
	return rich(quoted(word), ` may be ${ids.length} of them: `, joined(ids.slice(0, 10).map(quoted), ", "));
}

export function nothingAsked(change: string | undefined): Rich {
	if (change === undefined) return rich("Nothing is asked at the moment.");
	return rich("Nothing is asked about ", quoted(change), ". What is open: /queue");
}

export function moreQuestions(left: number): Rich {
	return rich(`${counted(left, "more question")} after these: /approve again.`);
}

export function whyMissing(change: string): Rich {
	return rich("Say why with a button, or in words: /reject ", quoted(change), " and why. The next attempt reads it.");
}

function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function capital(text: string): string {
	return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
