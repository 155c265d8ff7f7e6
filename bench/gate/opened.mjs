// A gate on a repository, with a floor of its own and the runner that a person would get here.
import { join } from "node:path";
import { bubblewrapRunner, openFloor, processGroupRunner, sandboxAvailable } from "@shopfloor/core/io";
import { findTarget, openGate } from "@shopfloor/gate";
import { scratch } from "../measure.mjs";

const sandbox = await sandboxAvailable();
export const runner = sandbox.kind === "available" ? bubblewrapRunner : processGroupRunner;

export async function openedOn(repository) {
	const floor = openFloor({ stateDir: join(scratch(), "state") });
	const target = await findTarget(repository, repository);
	const gate = await openGate({ floor, target, branch: "main", runner });
	return { floor, gate, target };
}

/** Adds up the checks that were run; what a cache answered costs nothing and is not told. */
export function meter() {
	const spent = { runs: 0, ms: 0 };
	const tell = (told) => {
		if (told.kind !== "ran") return;
		spent.runs++;
		spent.ms += told.ms;
	};
	return { spent, tell };
}
