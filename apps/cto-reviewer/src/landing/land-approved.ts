/** Lands all that is approved, in one go: order, batches and the search for culprits are the gate's. */
import { type Change, toMs } from "@shopfloor/core";
import { crashAt, instant } from "@shopfloor/core/io";
import { findLanded, type Landed, type LandingChange, type LandReport, land, type Progress } from "@shopfloor/gate";
import { type Dossier, dossierOf, memoryOf } from "../memory.ts";
import { landingWaits, landingWarning, nothingNew, sentences } from "../messages.ts";
import { move, openChanges } from "../moves.ts";
import { rebase } from "../review/rebase.ts";
import { conclude } from "../settle.ts";
import type { Site } from "../site.ts";
import { tellOnce } from "../tell.ts";
import { turnAwayUnwanted } from "../turn-away.ts";

export async function landApproved(site: Site): Promise<void> {
	const { world, gate, signal, show } = site;
	await completeLeft(site);
	await turnAwayUnwanted(world);
	const changes = (await openChanges(world)).filter(({ status }) => status === "approved" || status === "landing");
	if (changes.length === 0) return;
	await site.step(`landing ${changes.length} ${changes.length === 1 ? "change" : "changes"}`);
	const memory = await watched(site);
	for (const { id } of changes) await move(world, id, "landing");
	crashAt("landing.begun");
	try {
		const asked = await Promise.all(changes.map((change) => landingOf(site, change, dossierOf(memory, change))));
		const report = await land(gate.site(world.name), asked, { signal, tell: (told) => show(inWords(told)) });
		crashAt("landing.done");
		await afterwards(site, changes, report);
	} finally {
		await back(site);
	}
}

/**
 * Whoever was landing died. The gate completes what it had begun to publish; what it had finished is in the base, under
 * its branch's name. The rest lands as if for the first time.
 */
async function completeLeft(site: Site): Promise<void> {
	const { world, gate, signal } = site;
	const isLeft = ({ status }: Change) => status === "landing";
	const left = (await openChanges(world)).filter(isLeft);
	if (left.length === 0) return;
	const landing = gate.site(world.name);
	await afterwards(site, left, await land(landing, [], { signal }));
	const { dossiers } = (await memoryOf(world).read()).value;
	for (const change of (await openChanges(world)).filter(isLeft))
		if ((await findLanded(landing, change.branch)) !== undefined)
			await conclude(world, dossierOf({ dossiers }, change), { kind: "landed" });
	await back(site);
}

/** Before anything lands: a death must not keep the base from being watched. */
async function watched({ world }: Site) {
	const since = instant(world.clock.now());
	const { value } = await memoryOf(world).update((memory) =>
		memory.watch === undefined ? { ...memory, watch: { since, tries: 0 } } : memory,
	);
	return value;
}

async function landingOf({ gate }: Site, change: Change, dossier: Dossier): Promise<LandingChange> {
	const { id, branch, commit, session, task, usd, accepted = [] } = change;
	const cycle = await gate.store.git.text(["log", "-1", "--format=%(trailers:key=Cycle,valueonly,separator=)", commit]);
	const spent = usd === undefined && dossier.usd === undefined ? undefined : (usd ?? 0) + (dossier.usd ?? 0);
	const { approvedBy: person } = dossier;
	return {
		id,
		branch,
		commit,
		created: toMs(change.created),
		session,
		cycle: /^\d+$/.test(cycle) ? Number(cycle) : undefined,
		task: task ?? undefined,
		reviewedBy: [dossier.reviewedBy, person].filter((who) => who !== undefined).join(", ") || undefined,
		usd: spent,
		accepted: accepted.length === 0 || person === undefined ? undefined : { rules: accepted, by: person },
		givenUp: dossier.givenUp,
	};
}

function inWords(told: Progress): string {
	switch (told.kind) {
		case "waiting":
			return "waits: somebody else is landing";
		case "recovered":
			return `completed a landing that was interrupted: ${told.to.slice(0, 12)}`;
		case "base-moved":
			return `the base moved to ${told.to.slice(0, 12)} meanwhile; once more on top of it`;
		case "landed":
			return `landed ${told.changes.join(", ")} as ${told.to.slice(0, 12)}`;
		case "judged":
			return `${told.changes.join(", ")}: ${told.judgement}`;
		default:
			return `${told.kind}: ${told.changes.join(", ")}`;
	}
}

async function afterwards(site: Site, changes: readonly Change[], report: LandReport): Promise<void> {
	const { world, turn } = site;
	const memory = (await memoryOf(world).read()).value;
	// What was completed from before may be none of those that were asked for.
	for (const result of [...report.recovered, ...report.results]) {
		const change = changes.find(({ id, commit }) => id === result.change.id && commit === result.change.commit);
		if (change !== undefined) await conclusion(site, change, dossierOf(memory, change), result);
	}
	for (const warning of report.warnings) await tellOnce(world, turn.state, landingWarning(warning));
}

async function conclusion(site: Site, change: Change, dossier: Dossier, result: Landed): Promise<void> {
	const { world, gate } = site;
	switch (result.kind) {
		case "landed":
			return await conclude(world, dossier, { kind: "landed" });
		case "rejected": {
			const partner = result.togetherWith === undefined ? [] : [`only together with ${result.togetherWith}`];
			const reasons = sentences([...partner, ...result.reasons]);
			return await conclude(world, dossier, { kind: "rejected", reasons });
		}
		case "conflict":
			return await rebase(site, change, result.files);
		case "void":
			return await conclude(world, dossier, { kind: "missing", reason: result.why });
		case "empty": {
			const isOwn = (await findLanded(gate.site(world.name), change.branch)) !== undefined;
			return await conclude(world, dossier, isOwn ? { kind: "landed" } : { kind: "rejected", reasons: [nothingNew] });
		}
		case "waiting":
			await move(world, change.id, "approved", { reasons: sentences([result.why]) });
			return await tellOnce(world, site.turn.state, landingWaits(change.id, result.why));
	}
}

/** What came to nothing, or was called off, is approved as before. */
async function back({ world }: Site): Promise<void> {
	for (const { id, status } of await openChanges(world)) if (status === "landing") await move(world, id, "approved");
}
