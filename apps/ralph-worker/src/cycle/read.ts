/** Step one: what the project wants its agents to know, and what the others did, hold, and failed at. */
import { crashAt } from "@shopfloor/core/io";
import { projectContext } from "@shopfloor/gate";
import type { Cycling } from "./cycling.ts";
import { digestOf, recentTitles } from "./digest.ts";
import { heldByOthers } from "./held.ts";
import type { Site } from "./site.ts";

export interface Known {
	/** Of the base's own files, never of a tree that an agent wrote in. */
	readonly context: string;
	readonly digest: string;
	/** Titles that are not proposed again. */
	readonly recent: readonly string[];
	/** What others work on, or wait to land. */
	readonly held: readonly string[];
}

const entriesRead = 400;

export async function read(site: Site, cycling: Cycling): Promise<Known> {
	const { world, floor, turn, gate, base } = site;
	const { config } = world;
	await cycling.step("read", { base: base.commit });
	crashAt("cycle.read.before");
	const entries = await floor.log.last(entriesRead, {
		type: ["ralph_cycle", "change_landed", "change_rejected", "change_reverted", "task_settled"],
	});
	const held = await heldByOthers(world, turn.state);
	return {
		context: await projectContext(gate.store, base.commit, config.repository?.context ?? []),
		digest: digestOf(entries, turn.state, world.name),
		recent: await recentTitles(floor),
		held,
	};
}
