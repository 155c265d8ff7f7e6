/** Idle costs nothing: from the same base, with the same attempts behind it, a planner is not asked again. */
import { createHash } from "node:crypto";
import type { Turn, World } from "@shopfloor/core/io";
import { recentTitles } from "./digest.ts";
import type { Site } from "./site.ts";

export async function isOldNews(world: World, site: Site, turn: Turn): Promise<boolean> {
	// Who was asked for a cycle does one.
	if (turn.because.some(({ type }) => type === "trigger")) return false;
	const { value } = await world.floor.records.get(noteOf(world));
	return (value as { readonly idle?: string } | null)?.idle === (await newsHash(world, site));
}

export async function rememberIdle(world: World, site: Site, turn: Turn): Promise<void> {
	turn.signal.throwIfAborted();
	const idle = await newsHash(world, site);
	await world.floor.records.update(noteOf(world), () => ({ idle }));
}

/** Whatever could make a plan turn out otherwise. */
async function newsHash({ config, floor }: World, { base }: Site): Promise<string> {
	const { roles, agents } = config;
	const news = [base.commit, await recentTitles(floor), roles.planner, agents];
	return createHash("sha256").update(JSON.stringify(news)).digest("hex").slice(0, 24);
}

function noteOf({ name }: World): string {
	return `notes/${name}`;
}
