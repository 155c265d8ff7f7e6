/** Looks through /proc for what the runs of agents take, and remembers the most of each. */
import { join, relative } from "node:path";
import type { FactoryState } from "@shopfloor/core";
import { isWithin, processIds, runVariable, type World } from "@shopfloor/core/io";
import { type Footprints, type SeenRun, withSeen } from "./footprints.ts";
import { rssBytes } from "./machine.ts";
import { text } from "./read-machine.ts";

/** Where nobody works there is nothing to be seen. */
export async function lookAtFootprints(world: World, { work, spending }: FactoryState): Promise<void> {
	if (Object.keys(work.cycles).length === 0 && Object.keys(spending.open).length === 0) return;
	const { floor, clock } = world;
	const before = await readFootprints(world);
	const next = withSeen(before, seenRuns(floor.stateDir), clock.now());
	if (JSON.stringify(next) !== JSON.stringify(before)) await floor.records.update(key, () => next);
}

const key = "notes/scheduler-footprints";

export async function readFootprints({ floor }: World): Promise<Footprints> {
	return ((await floor.records.get(key)).value as Footprints | undefined) ?? {};
}

/** The memory of all processes that were started in a session's rooms, by the folder of their run. */
function seenRuns(stateDir: string): SeenRun[] {
	const rooms = join(stateDir, "rooms");
	const bytes = new Map<string, number>();
	for (const pid of processIds()) {
		const place = placeOfRun(text(`/proc/${pid}/environ`));
		if (place === undefined || !isWithin(place, rooms)) continue;
		const run = relative(rooms, place);
		bytes.set(run, (bytes.get(run) ?? 0) + (rssBytes(text(`/proc/${pid}/status`)) ?? 0));
	}
	return [...bytes].map(([run, taken]) => ({ run, session: run.split("/")[0] ?? "", bytes: taken }));
}

/** Whoever starts a program for an agent leaves `<name>:<place>` in its environment. */
function placeOfRun(environ: string): string | undefined {
	const mark = environ.split("\0").find((line) => line.startsWith(`${runVariable}=`));
	return mark === undefined || !mark.includes(":") ? undefined : mark.slice(mark.indexOf(":") + 1);
}
