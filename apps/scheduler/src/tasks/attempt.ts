/** What becomes of a task that came back. Pure. */
import { cut, type Task } from "@shopfloor/core";

/** Three different tries that came to nothing say that a person should look. */
const attemptsMax = 3;
/** Three of them fit into a sentence of the log. */
const reasonMax = 300;

/** Without anybody's having failed at it. */
export function returned({ session: _given, ...task }: Task, changed: string): Task {
	return { ...task, status: "waiting", changed };
}

export function failed({ session: _given, ...task }: Task, session: string, why: string, changed: string): Task {
	const attempts = task.attempts + 1;
	return {
		...task,
		status: attempts < attemptsMax ? "waiting" : "set-aside",
		changed,
		attempts,
		// In the order in which they failed last.
		failedBy: [...task.failedBy.filter((name) => name !== session), session],
		reason: withReason(task.reason, attempts, session, why),
	};
}

/** Each try with its number: whoever looks at the task sees them all. */
function withReason(before: string | undefined, attempt: number, session: string, why: string): string {
	const told = `${attempt}. ${session}: ${cut(why, reasonMax)}`;
	return attempt === 1 || before === undefined ? told : sentence(`${before} ${told}`);
}

export function setAside({ session: _given, ...task }: Task, reason: string, changed: string): Task {
	return { ...task, status: "set-aside", changed, reason: sentence(reason) };
}

/** As long as the log takes it. */
export function sentence(text: string): string {
	return text.length <= 2_000 ? text : cut(text, 1_000);
}

/** A person says that it is worth trying again: nothing that was counted against it stands, and nothing it cannot wait for. */
export function retried(
	{ reason: _past, after, ...task }: Task,
	tasks: ReadonlyMap<string, Task>,
	changed: string,
): Task {
	const still = after?.filter((id) =>
		["waiting", "assigned", "pushed", "set-aside", "done"].includes(tasks.get(id)?.status ?? ""),
	);
	return { ...task, status: "waiting", changed, attempts: 0, failedBy: [], ...(still && { after: still }) };
}
