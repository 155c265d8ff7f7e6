/** What to do with a cycle whose process died, or was told to end, in the middle of it. */
import type { Change, Cycle, Task } from "@shopfloor/core";
import type { World } from "@shopfloor/core/io";
import { notOurs, taskCancelled } from "../messages.ts";

export type Left =
	/** Nothing of it is worth more than its tree, which is salvaged when it is used again. */
	| { readonly kind: "over" }
	/** It is with the reviewer already: only its end was not told. */
	| { readonly kind: "pushed"; readonly change: Change }
	/** Its task is not this session's any more. */
	| { readonly kind: "unwanted"; readonly reason: string }
	/** The agent was done: its work is committed, judged and sent as if nothing had been. */
	| { readonly kind: "goes-on" };

export interface KnownOfIt {
	readonly session: string;
	/** As the queue has it now. */
	readonly task: Task | undefined;
	readonly change: Change | undefined;
}

/** From here on an agent's work is there, and is not done again for nothing. */
export function isCommitted({ step, base, branch }: Pick<Cycle, "step" | "base" | "branch">): boolean {
	return (step === "commit" || step === "evaluate" || step === "push") && base !== undefined && branch !== undefined;
}

/** Pure. */
export function whatIsLeft(cycle: Pick<Cycle, "step" | "base" | "branch" | "task">, known: KnownOfIt): Left {
	if (!isCommitted(cycle)) return { kind: "over" };
	if (known.change !== undefined) return { kind: "pushed", change: known.change };
	if (cycle.task === null || isOurs(known)) return { kind: "goes-on" };
	const { task } = known;
	const reason = task?.status === "cancelled" ? taskCancelled(task.reason ?? task.status) : notOurs(cycle.task);
	return { kind: "unwanted", reason };
}

function isOurs({ session, task }: KnownOfIt): boolean {
	return task !== undefined && task.session === session && task.status === "assigned";
}

export async function whatIsKnown(
	{ floor, name }: World,
	{ task, commit }: Pick<Cycle, "task" | "commit">,
): Promise<KnownOfIt> {
	const { tasks } = (await floor.tasks.read()).value;
	const { changes } = (await floor.reviews.read()).value;
	return {
		session: name,
		task: tasks.find(({ id }) => id === task),
		change: commit === undefined ? undefined : changes.find((change) => change.commit === commit),
	};
}
