/** What the log is told when a cap is reached or a loop is seen. The ids see to it that it is said once. Pure. */
import { createHash } from "node:crypto";
import { type Draft, type FactoryState, own, type Seq, showUsd } from "@shopfloor/core";
import { budgetScope, type Over, type Scope, type TooFast } from "./decide.ts";

/** Once for each cap and day, and of a task once for each time that it is given to somebody. */
export function newsOfOver(over: Over, by: string, state: FactoryState, now: string): Draft[] {
	const { scope, capUsd, spentUsd } = over;
	const { name, subject } = namedIn(scope);
	const until = "day" in scope ? midnightAfter(scope.day) : undefined;
	const id = idOf("over", [scope, capUsd, now.slice(0, 10), timeOf(scope, state)]);
	const message = overMessage(over);
	return [
		{
			type: "budget_reached",
			by,
			id: `${id}:reached`,
			data: { scope: name, ...(subject === undefined ? {} : { subject }), capUsd, spentUsd },
		},
		// A task or a ticket is nothing that could be paused: whoever works on it is told, and puts it aside.
		...(until === undefined ? [] : [pause(id, by, name, message, until)]),
		alert(id, by, "budget-reached", message, subject ?? name),
	];
}

/** What is paused stays resumed: a person who raised the cap would find it paused again by whoever has not heard of it. */
function timeOf(scope: Scope, { work: { tasksAt = {} } }: FactoryState): Seq {
	return scope.kind === "task" ? (own(tasksAt, scope.task) ?? 0) : 0;
}

export function newsOfTooFast({ role, calls, callsMax }: TooFast, by: string, nowMs: number): Draft[] {
	const id = idOf("fast", [role, Math.floor(nowMs / hourMs)]);
	const message = `${role} made ${calls} paid calls within an hour, and ${callsMax} are the most (budget.callsPerHour). That is a loop, not work: ${role} is paused for an hour. See what it did: npx shopfloor log --type agent_called`;
	return [
		pause(id, by, role, message, new Date(nowMs + hourMs).toISOString()),
		alert(id, by, "too-fast", message, role),
	];
}

const hourMs = 3_600_000;

function pause(id: string, by: string, scope: string, reason: string, until: string): Draft {
	return { type: "paused", by, id: `${id}:paused`, data: { scope, kind: "pause", reason, until } };
}

function alert(id: string, by: string, code: string, message: string, subject: string): Draft {
	return { type: "alert", by, id: `${id}:alert`, data: { code, severity: "warning", message, subject } };
}

function overMessage({ scope, capUsd, spentUsd }: Over): string {
	const spent = `${showUsd(spentUsd)} of ${showUsd(capUsd)} are spent`;
	switch (scope.kind) {
		case "call":
			return `a call asks for more than one call may cost, ${showUsd(capUsd)} (budget.perCall)`;
		case "day":
			return `today's budget leaves too little for another call: ${spent} (budget.perDay). It goes on at midnight UTC; to go on now, raise the cap and type: npx shopfloor resume ${budgetScope}`;
		case "role":
			return `today's budget of ${scope.role} leaves too little for another call: ${spent} (budget.perRole.${scope.role}). It goes on at midnight UTC; to go on now, raise the cap and type: npx shopfloor resume ${scope.role}`;
		case "task":
			return `the budget of the task ${scope.task} leaves too little for another call: ${spent} (budget.perTask). Raise the cap, or cut the task smaller.`;
		case "ticket":
			return `the budget of the ticket ${scope.ticket} leaves too little for another call: ${spent} (budget.perTicket). Raise the cap, or cut the ticket smaller.`;
	}
}

function namedIn(scope: Scope): { readonly name: string; readonly subject?: string } {
	switch (scope.kind) {
		case "day":
			return { name: budgetScope };
		case "role":
			return { name: scope.role };
		case "call":
			return { name: "call" };
		case "task":
			return { name: "task", subject: scope.task };
		case "ticket":
			return { name: "ticket", subject: scope.ticket };
	}
}

function midnightAfter(day: string): string {
	return new Date(Date.parse(`${day}T00:00:00.000Z`) + 24 * hourMs).toISOString();
}

/** Names may be as long as an id by themselves. */
function idOf(kind: string, about: unknown): string {
	return `${kind}:${createHash("sha256").update(JSON.stringify(about)).digest("hex").slice(0, 24)}`;
}
