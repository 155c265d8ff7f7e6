/**
 * Looks at the base once more after something landed, with nothing remembered. What turns out to be worse is taken back,
 * and what it was to do is asked for again, with the evidence.
 */
import { instant } from "@shopfloor/core/io";
import { type Reverted, watchBase } from "@shopfloor/gate";
import { memoryOf } from "../memory.ts";
import { baseForeign, baseReverted, baseStuck, baseUnseen } from "../messages.ts";
import type { Site } from "../site.ts";
import { tellOnce } from "../tell.ts";
import { reopen } from "./reopen.ts";

/** A second culprit shows when the first is gone; more than a few are somebody else's doing. */
const looksMost = 4;
/** Each look runs every check. What cannot be found out so often is for a person. */
const triesMost = 3;

export async function watchLanded(site: Site): Promise<void> {
	const { world, gate } = site;
	const { watch } = (await memoryOf(world).read()).value;
	if (watch === undefined) return;
	for (let looks = 0; looks < looksMost; looks++) {
		// Before the look that ends the watch: what a dead predecessor took back is asked for, too.
		await reopen(site, watch.since);
		await site.step(`watching ${gate.branch}`);
		if (!(await lookOnce(site, watch.tries))) return;
	}
}

/** True when something was taken back: then the base is another, and looked at like any. */
async function lookOnce(site: Site, tries: number): Promise<boolean> {
	const { world, gate, turn, signal, show } = site;
	const tell = () => show(`checking ${gate.branch}…`);
	const fresh = gate.site(world.name, { fresh: true, tell }).judge;
	const watched = await watchBase(gate.site(world.name), fresh, { signal });
	const { branch } = gate;
	switch (watched.kind) {
		case "good":
		case "first":
			await over(site);
			return false;
		case "unknown": {
			if (tries + 1 < triesMost) await remember(site, tries + 1);
			else {
				await over(site);
				await tellOnce(world, turn.state, baseUnseen(branch, watched.why));
			}
			return false;
		}
		case "foreign":
			await over(site);
			await tellOnce(world, turn.state, baseForeign(branch, watched.commit, watched.subject, watched.reasons));
			return false;
		case "culprit": {
			const { reverted, change, reasons } = watched;
			if (reverted.kind === "reverted") {
				await tellOnce(world, turn.state, baseReverted(branch, reverted.changes, reasons));
				return true;
			}
			const why = whyNot(reverted);
			await tellOnce(world, turn.state, baseStuck(branch, change, why));
			if (reverted.kind !== "waiting") await over(site);
			else if (tries + 1 < triesMost) await remember(site, tries + 1);
			else await over(site);
			return false;
		}
	}
}

function whyNot(reverted: Exclude<Reverted, { kind: "reverted" }>): string {
	switch (reverted.kind) {
		case "conflict":
			return `what came after it touches the same places: ${reverted.files.slice(0, 5).join(", ")}`;
		case "nothing":
			return "nothing of it is left";
		case "bad":
			return `without it more would be worse: ${reverted.reasons.join("; ")}`;
		case "void":
		case "waiting":
			return reverted.why;
	}
}

async function over({ world }: Site): Promise<void> {
	await memoryOf(world).update(({ watch: _over, ...memory }) => memory);
}

async function remember({ world }: Site, tries: number): Promise<void> {
	await memoryOf(world).update((memory) => {
		const since = memory.watch?.since ?? instant(world.clock.now());
		return { ...memory, watch: { since, tries } };
	});
}
