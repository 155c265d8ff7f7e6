/** Looks through /proc for what the agents of each session take, and remembers the most. */
import { join, relative } from "node:path";
import type { FactoryState } from "@shopfloor/core";
import { isWithin, processIds, runVariable, type World } from "@shopfloor/core/io";
import { type Footprints, withSeen } from "./footprints.ts";
import { rssBytes } from "./machine.ts";
import { text } from "./read-machine.ts";

/** Where nobody works there is nothing to be seen. */
export async function lookAtFootprints(world: World, { work, spending }: FactoryState): Promise<void> {
	if (Object.keys(work.cycles).length === 0 && Object.keys(spending.open).length === 0) return;
	const { floor, clock } = world;
	const before = await readFootprints(world);
	const next = withSeen(before, runsBytes(floor.stateDir), clock.now());
	if (JSON.stringify(next) !== JSON.stringify(before)) await floor.records.update(key, () => next);
}

const key = "notes/scheduler-footprints";

export async function readFootprints({ floor }: World): Promise<Footprints> {
	return ((await floor.records.get(key)).value as Footprints | undefined) ?? {};
}

/** By session: the memory of all processes that were started in its rooms. */
function runsBytes(stateDir: string): Record<string, number> {
	const rooms = join(stateDir, "rooms");
	const bytes: Record<string, number> = {};
	for (const pid of processIds()) {
		const place = placeOfRun(text(`/proc/${pid}/environ`));
		if (place === undefined || !isWithin(place, rooms)) continue;
		const [session = ""] = relative(rooms, place).split("/");
		bytes[session] = (bytes[session] ?? 0) + (rssBytes(text(`/proc/${pid}/status`)) ?? 0);
	}
	return bytes;
}

/** Whoever starts a program for an agent leaves `<name>:<place>` in its environment. */
function placeOfRun(environ: string): string | undefined {
	const mark = environ.split("\0").find((line) => line.startsWith(`${runVariable}=`));
	return mark === undefined || !mark.includes(":") ? undefined : mark.slice(mark.indexOf(":") + 1);
}
