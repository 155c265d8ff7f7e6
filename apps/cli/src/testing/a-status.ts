import type { Draft } from "@shopfloor/core";
import type { ConfigSight, Snapshot } from "@shopfloor/core/person";
import { folded } from "@shopfloor/core/testing";
import type { InPm2 } from "../status/next-steps.ts";
import { type Status, statusWithSteps } from "../status/status.ts";

export interface StatusWorld {
	readonly drafts?: readonly Draft[];
	readonly seats?: Snapshot["seats"];
	readonly config?: Partial<ConfigSight>;
	/** Minutes after 08:00, when the first entry was written. */
	readonly minutes?: number;
	readonly inPm2?: InPm2;
}

/** A status as it is after these entries, one a minute, with these processes in their seats. */
export async function aStatus({
	drafts = [],
	seats = {},
	config = {},
	minutes = 30,
	inPm2 = asItIs,
}: StatusWorld): Promise<Status> {
	const state = await folded(...drafts);
	const snapshot: Snapshot = {
		at: new Date(Date.UTC(2026, 0, 31, 8, minutes)).toISOString(),
		state,
		seats,
		log: {
			head: state.seq === 0 ? undefined : { seq: state.seq, hash: "9f86d081884c7d65".repeat(4) },
			bytes: state.seq * 250,
			segments: state.seq === 0 ? 0 : 1,
		},
		config: {
			path: "/factory/shopfloor.config.json",
			kind: "set",
			faults: 0,
			expected: ["scheduler", "session-doctor", "ralph-1"],
			isSandboxOff: false,
			heartbeatMs: 5 * 60_000,
			memoryShareMax: 0.85,
			diskFreeMinBytes: 2 ** 30,
			...config,
		},
	};
	return statusWithSteps(snapshot, inPm2);
}

function asItIs(command: string): string {
	return command;
}
