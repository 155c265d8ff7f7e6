import { oneLine, showDuration } from "@shopfloor/core";
import { pidOf } from "@shopfloor/core/io";
import { baysLease, collect, listTrees, type Store, type Swept, treeLease } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";
import { table } from "../table.ts";
import { withStore } from "./open.ts";
import type { TreesOptions } from "./options.ts";

export async function showTrees(context: Context, options: TreesOptions): Promise<void> {
	await withStore(context, { ...options, look: true }, async ({ store, target }) => {
		const trees = store === undefined ? [] : await seenTrees(store);
		if (options.json) return context.say(jsonText({ repository: target.address, trees }));
		if (trees.length === 0) return context.say(`No worktree of ${target.address} yet; the first check makes one.`);
		const now = context.clock.now();
		const rows = trees.map(({ name, head, changed, users, dir }) => [
			{ text: oneLine(name) },
			{ text: head?.slice(0, 12) ?? "damaged" },
			{ text: users.length === 0 ? "free" : `used by ${users.join(", ")}` },
			{ text: `${showDuration(now - changed.getTime())} ago` },
			{ text: dir },
		]);
		for (const line of table(rows, context.out.columns ?? 160)) context.say(line);
	});
}

async function seenTrees(store: Store) {
	const trees = await listTrees(store);
	return await Promise.all(trees.map(async (tree) => ({ ...tree, users: await usersOf(store, tree.name) })));
}

async function usersOf(store: Store, name: string): Promise<number[]> {
	const bay = /^bay-(\d+)$/.exec(name)?.[1];
	const slots = await store.leases.held(bay === undefined ? treeLease(store, name) : baysLease(store));
	return slots.filter(({ slot }) => bay === undefined || slot === Number(bay) - 1).map(({ holder }) => pidOf(holder));
}

export async function collectTrees(context: Context, options: TreesOptions): Promise<void> {
	const { discard = [], dryRun = false } = options;
	await withStore(context, { ...options, look: false }, async ({ floor, target }) => {
		const keep = (name: string) => name.startsWith("ralph-");
		const swept = (await collect(floor, target, { discard, keep, dryRun, signal: context.interruption() })) ?? nothing;
		if (options.json) return context.say(jsonText(swept));
		for (const line of sweptLines(swept, dryRun)) context.say(line);
	});
}

const nothing: Swept = {
	removed: [],
	busy: [],
	kept: [],
	dropped: 0,
	installations: [],
	packed: false,
	pruned: false,
};

function sweptLines(swept: Swept, dryRun: boolean): string[] {
	const { removed, busy, kept, dropped, installations, packed, pruned } = swept;
	const lines = [
		...removed.map(({ name, rescued }) => {
			const what = dryRun ? "would be removed" : "removed";
			return rescued === undefined ? `${name}: ${what}` : `${name}: ${what}; what was unsaved is at ${rescued}`;
		}),
		...busy.map((name) => `${name}: in use, left alone`),
		...kept.map((name) => `${name}: kept for its session`),
		...(dropped > 0 ? [`${dropped} old rescued ${dropped === 1 ? "piece" : "pieces"} of work dropped`] : []),
		...(installations.length > 0
			? [`${installations.length} old ${installations.length === 1 ? "installation" : "installations"} removed`]
			: []),
		...(packed
			? [`The object store was packed${pruned ? "." : "; nothing was thrown away, as trees are in use."}`]
			: []),
	];
	return lines.length === 0 ? ["Nothing to collect."] : lines;
}
