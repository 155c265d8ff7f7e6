/** Idle costs nothing: where nothing was found to do, a planner is not asked again until something is new. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { loadPrompts } from "@shopfloor/agents";
import type { Turn, World } from "@shopfloor/core/io";
import { recentTitles } from "./digest.ts";
import { heldByOthers } from "./held.ts";
import type { Site } from "./site.ts";

/** As the turn begins: what others claim or let go of meanwhile is news for the next. */
export async function heldAtFirst(world: World, { state }: Turn): Promise<readonly string[]> {
	return (await heldByOthers(world, state)).sort();
}

export async function isOldNews({ world, turn, base }: Site, held: readonly string[]): Promise<boolean> {
	// Who was asked for a cycle does one.
	if (turn.because.some(({ type }) => type === "trigger")) return false;
	return (await known(world)).includes(await newsHash(world, base.commit, held));
}

export async function rememberIdle({ world, turn, base }: Site, held: readonly string[]): Promise<void> {
	turn.signal.throwIfAborted();
	const hash = await newsHash(world, base.commit, held);
	const idle = [...(await known(world)).filter((one) => one !== hash), hash].slice(-knownMax);
	await world.floor.records.update(noteOf(world), () => ({ idle }));
}

/** Others take files and let them go again, and what was found then holds once more. */
const knownMax = 8;

async function known(world: World): Promise<readonly string[]> {
	const { value } = await world.floor.records.get(noteOf(world));
	return [(value as { readonly idle?: string | readonly string[] } | undefined)?.idle ?? []].flat();
}

/** Whatever could make a plan, or what comes of it, turn out otherwise. */
async function newsHash({ config, floor, places }: World, base: string, held: readonly string[]): Promise<string> {
	const { roles, agents, repository } = config;
	const prompts = loadPrompts(join(places.root, "prompts"));
	const news = [
		// With it the texts of the context.
		base,
		repository?.context,
		await recentTitles(floor),
		held,
		[roles.planner, roles.coder, agents],
		[prompts.planner, prompts.coder, prompts["coder-next"]].map(({ version }) => version),
	];
	return createHash("sha256").update(JSON.stringify(news)).digest("hex").slice(0, 24);
}

function noteOf({ name }: World): string {
	return `notes/${name}`;
}
