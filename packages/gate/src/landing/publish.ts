/**
 * The one step at which something lands: the target's base branch moves from where it is thought to stand, or does not.
 * What is to happen is in the journal before, what follows from it is done after, and may be done twice.
 *
 * A lander that lost its lease while it slept may still push. It names the commit that it believes the base to stand on,
 * so it lands what was checked on top of that commit, or nothing.
 */
import { createHash } from "node:crypto";
import type { Draft } from "@shopfloor/core";
import { crashAt, isShopfloorError, type Lease } from "@shopfloor/core/io";
import { pastStaleLocks } from "../git/locks.ts";
import { commitOf, factory, isAncestor } from "../git/objects.ts";
import { push } from "../git/push.ts";
import { fetch, mirrored, moveRef, notes, type Store } from "../git/store.ts";
import { takeBack } from "../git/take-back.ts";
import { journalOf, type Pending } from "./journal.ts";
import type { LandingSite } from "./site.ts";
import { watchFrom } from "./watched.ts";

export type Published =
	| { readonly kind: "published"; readonly pending: Pending; readonly warnings: readonly string[] }
	/** Somebody moved the base: nothing of ours is there, and all has to be looked at again. */
	| { readonly kind: "moved" }
	/** It stands in the journal, and the next lander tries again with the same commit. */
	| { readonly kind: "waiting"; readonly why: string };

export async function publish(site: LandingSite, lease: Lease, pending: Pending): Promise<Published> {
	await lease.check();
	if (!(await isWrittenDown(site, pending))) return await afterAnother(site, lease);
	crashAt("land.push.before");
	await lease.check();
	const pushed = await push(site.store, [{ ref: `refs/heads/${pending.branch}`, from: pending.from, to: pending.to }]);
	crashAt("land.push.after");
	if (pushed.kind === "pushed") return await finish(site, pending);
	if (pushed.kind === "moved") {
		// Maybe by this very landing: the push of a lander that was killed goes on without it.
		await fetch(site.store);
		if (await standsInBase(site, pending)) return await finish(site, pending);
		await strike(site, pending);
		return pushed;
	}
	const { address } = site.store.target;
	if (pushed.kind === "unreachable") return { kind: "waiting", why: `${address} cannot be reached: ${pushed.why}` };
	// Not this one: were it kept, nothing else could land before it. What was proven stays proven.
	await strike(site, pending);
	return { kind: "waiting", why: `${address} does not take it: ${pushed.why}` };
}

async function isWrittenDown(site: LandingSite, pending: Pending): Promise<boolean> {
	let free = true;
	await journalOf(site).update((journal) => {
		free = journal.pending === null || journal.pending.to === pending.to;
		return free ? { pending } : journal;
	});
	return free;
}

/** One that lost its lease in the middle, and may go on any moment: what it was about to do comes first. */
async function afterAnother(site: LandingSite, lease: Lease): Promise<Published> {
	await fetch(site.store);
	const left = await recover(site, lease);
	return left?.kind === "waiting" ? left : { kind: "moved" };
}

/** What the last lander left, once the target was asked where it stands: completed, tried again, or given up. */
export async function recover(site: LandingSite, lease: Lease): Promise<Published | undefined> {
	const journal = journalOf(site);
	const { pending } = (await journal.read()).value;
	if (pending === null) return undefined;
	if (await standsInBase(site, pending)) return await finish(site, pending);
	const isWhereItWas = (await commitOf(site.store.git, mirrored(pending.branch))) === pending.from;
	// A fresh look may have taken the proof back since.
	if (isWhereItWas && site.receiptText(pending.receipt) !== undefined) return await publish(site, lease, pending);
	// It came too late, and may have brought the checkout along before it found out.
	await takeBack(site.store.target, pending.to);
	await strike(site, pending);
	return { kind: "moved" };
}

/** As of the last fetch. */
async function standsInBase({ store: { git } }: LandingSite, { branch, to }: Pending): Promise<boolean> {
	const stands = await commitOf(git, mirrored(branch));
	return stands !== undefined && (await isAncestor(git, to, stands));
}

async function finish(site: LandingSite, pending: Pending): Promise<Published> {
	const { git } = site.store;
	// The next fetch would see it, too; until then nobody here is to build on an old base.
	await moveRef(git, { ref: mirrored(pending.branch), from: pending.from, to: pending.to });
	crashAt("land.log.before");
	await site.log.append(entriesOf(site, pending));
	crashAt("land.log.after");
	const warnings = await noteReceipt(site, pending);
	await watchFrom(site, pending.from);
	await strike(site, pending);
	return { kind: "published", pending, warnings };
}

/** Takes it out of the journal, and only this one: a lander that slept may find another's in its place. */
async function strike(site: LandingSite, { to }: Pending): Promise<void> {
	await journalOf(site).update((journal) => (journal.pending?.to === to ? { pending: null } : journal));
}

function entriesOf({ by }: LandingSite, { to, tree, receipt, changes, reverts = [] }: Pending): Draft[] {
	const landed = changes.map(({ id, commit, session, task }) => ({
		type: "change_landed" as const,
		by,
		id: `landed:${commit}`,
		data: {
			change: id,
			commit,
			landing: to,
			tree,
			receipt,
			task: task ?? null,
			...(session === undefined ? {} : { session }),
		},
	}));
	const reverted = reverts.map(({ id, reason }) => ({
		type: "change_reverted" as const,
		by,
		id: `reverted:${to}:${shortOf(id)}`,
		data: { change: id, commit: to, reason },
	}));
	return [...landed, ...reverted];
}

/** Names may be as long as an entry's own. */
function shortOf(id: string): string {
	return createHash("sha256").update(id).digest("hex").slice(0, 16);
}

/**
 * The proof travels with the history. That it could not is no reason not to land: it stands here all the same. What lies
 * at the target's ref for it is anybody's who may push there.
 */
async function noteReceipt(site: LandingSite, pending: Pending): Promise<string[]> {
	try {
		return await sendReceipt(site, pending);
	} catch (error) {
		if (!isShopfloorError(error, "git-failed")) throw error;
		return [`the receipt could not be noted on ${pending.to}: ${error.message}`];
	}
}

async function sendReceipt(site: LandingSite, { receipt, to }: Pending): Promise<string[]> {
	const text = site.receiptText(receipt);
	if (text === undefined) return [`the receipt ${receipt} is not there any more, and could not be noted on ${to}`];
	const { store } = site;
	const ours = await refOf(store, notes.ours);
	const theirs = await refOf(store, notes.theirs);
	if (theirs !== undefined && (await commitOf(store.git, theirs)) === undefined)
		return [`${notes.ours} of ${store.target.address} is no notes; the receipts stay here`];
	if (ours === undefined && theirs !== undefined)
		await moveRef(store.git, { ref: notes.ours, from: undefined, to: theirs });
	else if (ours !== undefined && theirs !== undefined && !(await isAncestor(store.git, theirs, ours)))
		await ourNotes(store, ["merge", "--quiet", "--strategy=union", notes.theirs]);
	await ourNotes(store, ["add", "--force", "--file=-", to], text);
	crashAt("land.notes.push.before");
	const noted = await refOf(store, notes.ours);
	const pushed = await push(store, [{ ref: notes.ours, from: theirs, to: noted }]);
	if (pushed.kind === "pushed") {
		await moveRef(store.git, { ref: notes.theirs, from: theirs, to: noted });
		return [];
	}
	const why = "why" in pushed ? pushed.why : "somebody else's notes are there";
	return [`the receipts could not be sent to ${store.target.address} (${why}); the next landing sends them along`];
}

async function ourNotes({ git }: Store, args: readonly string[], input = ""): Promise<void> {
	await pastStaleLocks(git.place.gitDir, () =>
		git.text(["notes", "--ref", notes.ours, ...args], { input, env: identity }),
	);
}

const identity = {
	GIT_AUTHOR_NAME: factory.name,
	GIT_AUTHOR_EMAIL: factory.email,
	GIT_COMMITTER_NAME: factory.name,
	GIT_COMMITTER_EMAIL: factory.email,
};

async function refOf({ git }: Store, ref: string): Promise<string | undefined> {
	const { code, stdout } = await git.answer(["rev-parse", "--verify", "--quiet", ref], { answers: [0, 1] });
	return code === 0 ? stdout.toString("utf8").trim() : undefined;
}
