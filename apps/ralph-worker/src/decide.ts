import { noAgent } from "./messages.ts";

export interface Snapshot {
	readonly session: string;
	/** What the scheduler gave to this session. */
	readonly task: { readonly id: string; readonly attempts: number } | undefined;
}

export type Action = {
	readonly kind: "return";
	readonly task: string;
	readonly attempt: number;
	readonly reason: string;
};

/** A seat without an agent cannot work: what it is given goes back at once, with the reason. */
export function decide({ task }: Snapshot): Action[] {
	return task === undefined ? [] : [{ kind: "return", task: task.id, attempt: task.attempts, reason: noAgent }];
}
