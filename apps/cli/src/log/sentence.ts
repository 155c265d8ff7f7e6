/** What happened, in words: one sentence for each type of entry. The writer is named beside it. Pure. */
import { type DataOf, type Entry, type EntryType, showBytes, showDuration, showUsd } from "@shopfloor/core";

export function sentenceOf(entry: Entry): string {
	const tell = sentences[entry.type] as ((data: Entry["data"]) => string) | undefined;
	return tell === undefined ? generic(entry) : tell(entry.data);
}

/** Types that nobody found words for show what they hold. */
function generic({ type, data }: { readonly type: string; readonly data: object }): string {
	return [type, ...Object.entries(data).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(" ");
}

const sentences: { readonly [T in EntryType]?: (data: DataOf<T>) => string } = {
	process_started: ({ pid, after, previousPid, crashes }) => {
		const before = {
			first: "started",
			stop: "started again",
			crash: `started again after a crash${previousPid === undefined ? "" : ` of pid ${previousPid}`}`,
			parked: "started again after it was parked",
		}[after];
		return `${before}, pid ${pid}${crashes > 0 ? `, ${count(crashes, "crash", "crashes")} lately` : ""}`;
	},
	process_stopped: ({ pid, reason, detail, uptimeMs }) =>
		`ended (${reason})${because(detail)}, pid ${pid}, after ${showDuration(uptimeMs)}`,
	process_parked: ({ reason }) => `parked: ${reason}`,
	heartbeat: ({ doing }) => doing,
	health: ({ memory, load, disk }) =>
		`memory ${percent(memory.usedShare)} of ${showBytes(memory.limitBytes)}, load ${load.one.toFixed(1)}, ${showBytes(disk.freeBytes)} of disk free`,
	alert: ({ severity, message }) => `${severity}: ${message}`,
	paused: ({ scope, kind, reason, until }) =>
		`${kind === "stop" ? "stopped" : "paused"} ${scope}${until === undefined ? "" : ` until ${until}`}: ${reason}`,
	resumed: ({ scope, reason }) => `resumed ${scope}${because(reason)}`,
	trigger: ({ what, source, subject, note }) =>
		`asked for ${what}${subject === undefined ? "" : ` of ${subject}`} now, by way of ${source}${because(note)}`,
	trigger_done: ({ trigger, outcome, detail }) => `answered the request ${trigger}: ${outcome}${because(detail)}`,

	task_requested: ({ title, source }) => `asked for a task, by way of ${source}: ${title}`,
	task_order: ({ task, order, reason }) =>
		`asked to ${order === "cancel" ? "cancel" : "try"} ${task}${order === "cancel" ? "" : " again"}${because(reason)}`,
	task_queued: ({ task, title }) => `queued ${task}: ${title}`,
	task_assigned: ({ task, session }) => `gave ${task} to ${session}`,
	task_settled: ({ task, outcome, reason }) => `${task} ${outcome}${because(reason)}`,
	cycle_step: ({ cycle, step, task, title }) => `cycle ${cycle}${on(task, title)}: ${step}`,
	ralph_cycle: ({ cycle, task, title, outcome, reason, usd, durationMs }) =>
		`cycle ${cycle}${on(task, title)}: ${outcome}${because(reason)}, ${showUsd(usd)} in ${showDuration(durationMs)}`,
	change_pushed: ({ change, branch, commit }) => `pushed ${change}, ${branch} at ${short(commit)}`,
	cto_review: ({ change, commit, decision, reason }) => `${decision} ${change} at ${short(commit)}${because(reason)}`,
	change_landed: ({ change, commit }) => `landed ${change} as ${short(commit)}`,
	change_rejected: ({ change, reasons }) => `rejected ${change}${because(reasons.join("; "))}`,
	change_reverted: ({ change, commit, reason }) => `reverted ${change} with ${short(commit)}${because(reason)}`,
	approval_asked: ({ commit, question, expires }) => `asks about ${short(commit)} until ${expires}: ${question}`,
	approval_given: ({ commit, answer, note }) => `answered "${answer}" for ${short(commit)}${because(note)}`,
	approval_expired: ({ approval }) => `nobody answered the question ${approval} in time`,
	call_reserved: ({ role, agent, model, task, usd }) =>
		`reserved ${showUsd(usd)} for a call of ${agent}${model === undefined ? "" : ` (${model})`} as ${role}${task === undefined ? "" : ` on ${task}`}`,
	agent_called: ({ role, agent, model, outcome, code, usd, estimated, durationMs }) =>
		`called ${agent}${model === undefined ? "" : ` (${model})`} as ${role}: ${outcome}${code === undefined ? "" : ` (${code})`}, ${showUsd(usd)}${estimated ? " estimated" : ""} in ${showDuration(durationMs)}`,
	budget_reached: ({ scope, subject, capUsd, spentUsd }) =>
		`the budget of ${scope}${subject === undefined ? "" : ` ${subject}`} leaves no room: ${showUsd(spentUsd)} of ${showUsd(capUsd)} are spent`,
	ticket_opened: ({ ticket, text }) => `opened the ticket ${ticket}: ${text}`,
	ticket_progressed: ({ ticket, step, note }) => `${ticket}, ${step}: ${note}`,
	ticket_settled: ({ ticket, outcome, reason }) => `the ticket ${ticket} is ${outcome}${because(reason)}`,

	team_standup: ({ summary, present, absent, usd }) =>
		`stand-up of ${count(present.length, "session", "sessions")}${absent.length > 0 ? `, without ${absent.join(", ")}` : ""}, ${showUsd(usd)}: ${summary}`,
	doctor_analysis: ({ session, class: found, issues }) => `${session} is ${found}${because(issues.join("; "))}`,
	skill_proposed: ({ skill, reason }) => `proposed the skill ${skill}${because(reason)}`,
	skill_adopted: ({ skill, reason }) => `adopted the skill ${skill}${because(reason)}`,
	skill_retired: ({ skill, reason }) => `retired the skill ${skill}${because(reason)}`,
	bot_message: ({ direction, text, handled }) =>
		`${direction === "in" ? "heard" : "said"}: ${text}${direction === "in" && !handled ? " (not understood)" : ""}`,
	self_improved: ({ what, summary, handledBefore, handledAfter }) =>
		`improved ${what}, from ${percent(handledBefore)} handled to ${percent(handledAfter)}: ${summary}`,
	checkpoint: ({ through }) => `checkpoint of everything up to ${through}`,
};

/** A session that was given no task says what it found by itself. */
function on(task: string | null, title: string | undefined): string {
	if (task !== null) return ` on ${task}`;
	return title === undefined ? "" : ` on "${title}"`;
}

function because(reason: string | undefined): string {
	return reason === undefined || reason === "" ? "" : `: ${reason}`;
}

function count(n: number, one: string, many: string): string {
	return `${n} ${n === 1 ? one : many}`;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

/** As git shortens it. */
function short(commit: string): string {
	return commit.slice(0, 10);
}
