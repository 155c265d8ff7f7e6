/** Entries of the log in a short sentence, as far as somebody with a phone wants to hear of them. Pure. */
import { type DataOf, type Entry, type EntryType, showUsd } from "@shopfloor/core";

export function sentenceOf(entry: Entry): string {
	const tell = sentences[entry.type] as ((data: Entry["data"]) => string) | undefined;
	return tell === undefined ? entry.type : tell(entry.data);
}

const sentences: { readonly [T in EntryType]?: (data: DataOf<T>) => string } = {
	process_started: ({ after }) => (after === "crash" ? "started again after a crash" : "started"),
	process_stopped: ({ reason }) => `ended (${reason})`,
	process_parked: ({ reason }) => `parked: ${reason}`,
	alert: ({ message }) => message,
	paused: ({ scope, kind, reason }) => `${kind === "stop" ? "stopped" : "paused"} ${scope}: ${reason}`,
	resumed: ({ scope }) => `resumed ${scope}`,
	trigger: ({ what, note }) => `asked for ${what}${note === undefined ? "" : `: ${note}`}`,
	trigger_done: ({ trigger, outcome, detail }) =>
		`answered the request ${trigger}: ${outcome}${detail === undefined ? "" : `, ${detail}`}`,
	task_requested: ({ title }) => `asked for a task: ${title}`,
	task_order: ({ task, order }) => `asked to ${order === "cancel" ? `cancel ${task}` : `try ${task} again`}`,
	task_queued: ({ task, title }) => `queued ${task}: ${title}`,
	task_assigned: ({ task, session }) => `gave ${task} to ${session}`,
	task_settled: ({ task, outcome, reason }) => `${task} ${outcome}: ${reason}`,
	ralph_cycle: ({ task, title, outcome, reason }) => `${task ?? title ?? "a cycle"}: ${outcome}, ${reason}`,
	change_pushed: ({ change }) => `pushed ${change}`,
	cto_review: ({ change, decision, reason }) => `${decision} ${change}: ${reason}`,
	change_landed: ({ change, commit }) => `landed ${change} as ${commit.slice(0, 12)}`,
	change_rejected: ({ change, reasons }) => `sent ${change} back: ${reasons.join("; ")}`,
	change_reverted: ({ change, reason }) => `took ${change} back: ${reason}`,
	approval_asked: ({ change }) => `asks a person about ${change}`,
	approval_given: ({ approval, answer }) => `said ${answer} to ${approval}`,
	approval_expired: ({ approval }) => `nobody answered ${approval} in time`,
	budget_reached: ({ scope, subject, capUsd, spentUsd }) =>
		`the budget of ${scope}${subject === undefined ? "" : ` ${subject}`} leaves no room: ${showUsd(spentUsd)} of ${showUsd(capUsd)}`,
	ticket_opened: ({ ticket, text }) => `opened the ticket ${ticket}: ${text}`,
	ticket_settled: ({ ticket, outcome, reason }) => `the ticket ${ticket} is ${outcome}: ${reason}`,
	team_standup: ({ summary }) => summary,
	doctor_analysis: ({ session, class: found, issues }) => `${session} is ${found}: ${issues.join("; ")}`,
	skill_adopted: ({ skill, reason }) => `adopted the skill ${skill}: ${reason}`,
	skill_retired: ({ skill, reason }) => `retired the skill ${skill}: ${reason}`,
	self_improved: ({ what, summary }) => `improved ${what}: ${summary}`,
};

/** Those that there are words for. */
export const told: readonly EntryType[] = Object.keys(sentences) as EntryType[];
