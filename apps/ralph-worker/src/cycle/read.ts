import { readBlob } from "@shopfloor/gate";
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

/** Long enough for a page of conventions; a book belongs behind a link in it. */
const contextMax = 12_000;
const entriesRead = 400;

export async function read(site: Site, cycling: Cycling): Promise<Known> {
	const { world, floor, turn } = site;
	await cycling.step("read", { base: site.base.commit });
	const entries = await floor.log.last(entriesRead, {
		type: ["ralph_cycle", "change_landed", "change_rejected", "change_reverted", "task_settled"],
	});
	const held = await heldByOthers(world, turn.state);
	return {
		context: await contextOf(site),
		digest: digestOf(entries, turn.state, world.name),
		recent: await recentTitles(floor),
		held,
	};
}

async function contextOf({ world, gate, base }: Site): Promise<string> {
	const texts: string[] = [];
	for (const path of world.config.repository?.context ?? []) {
		const blob = await readBlob(gate.store.git, base.commit, path);
		if (blob !== undefined) texts.push(`${path}:\n${blob.toString("utf8").trim()}`);
	}
	const text = texts.join("\n\n");
	return text.length <= contextMax ? text : `${text.slice(0, contextMax)}\n… (cut)`;
}
