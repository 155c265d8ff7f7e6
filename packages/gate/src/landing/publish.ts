/**
 * The one step at which something lands: the target's base branch moves from where it is thought to stand, or does not.
 * What is to happen is in the journal before, what follows from it is done after, and may be done twice.
 *
 * A lander that lost its lease while it slept may still push. It names the commit that it believes the base to stand on,
 * so it lands what was checked on top of that commit, or nothing.
 */
import type { Draft } from "@shopfloor/core";
import { crashAt, type Lease, ShopfloorError } from "@shopfloor/core/io";
import { factory, isAncestor } from "../git/objects.ts";
import { baseOf, mirrored, moveRef, notes, push, type Store } from "../git/store.ts";
import { journalOf, type Pending } from "./journal.ts";
import type { LandingSite } from "./site.ts";

export type Published =
	| { readonly kind: "published"; readonly pending: Pending; readonly warnings: readonly string[] }
	/** Somebody moved the base: nothing of ours is there, and all has to be looked at again. */
	| { readonly kind: "moved" }
	/** It stands in the journal, and the next lander tries again with the same commit. */
	| { readonly kind: "waiting"; readonly why: string };

export async function publish(site: LandingSite, lease: Lease, pending: Pending): Promise<Published> {
	const journal = journalOf(site.store, site.records);
	await journal.update(({ pending: other }) => {
		if (other !== null && other.to !== pending.to)
			throw new ShopfloorError("lease-lost", `another lander is in the middle of landing ${other.to}`);
		return { pending };
	});
	crashAt("land.push.before");
	await lease.check();
	const pushed = await push(site.store, [{ ref: `refs/heads/${pending.branch}`, from: pending.from, to: pending.to }]);
	crashAt("land.push.after");
	if (pushed.kind === "pushed") return await finish(site, pending);
	if (pushed.kind === "moved") {
		await strike(site, pending);
		return pushed;
	}
	const what = pushed.kind === "refused" ? "does not take it" : "cannot be reached";
	return { kind: "waiting", why: `${site.store.target.address} ${what}: ${pushed.why}` };
}

/** What the last lander left, once the target was asked where it stands: completed, tried again, or given up. */
export async function recover(site: LandingSite, lease: Lease): Promise<Published | undefined> {
	const journal = journalOf(site.store, site.records);
	const { pending } = (await journal.read()).value;
	if (pending === null) return undefined;
	const stands = await baseOf(site.store, pending.branch);
	if (await isAncestor(site.store.git, pending.to, stands)) return await finish(site, pending);
	if (stands === pending.from) return await publish(site, lease, pending);
	await strike(site, pending);
	return { kind: "moved" };
}

async function finish(site: LandingSite, pending: Pending): Promise<Published> {
	const { git } = site.store;
	// The next fetch would see it, too; until then nobody here is to build on an old base.
	await moveRef(git, { ref: mirrored(pending.branch), from: pending.from, to: pending.to });
	const warnings = await noteReceipt(site, pending);
	crashAt("land.log.before");
	await site.log.append(entriesOf(site, pending));
	crashAt("land.log.after");
	await strike(site, pending);
	return { kind: "published", pending, warnings };
}

/** Takes it out of the journal, and only this one: a lander that slept may find another's in its place. */
async function strike({ store, records }: LandingSite, { to }: Pending): Promise<void> {
	await journalOf(store, records).update((journal) => (journal.pending?.to === to ? { pending: null } : journal));
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
		id: `reverted:${to}:${id}`.slice(0, 120),
		data: { change: id, commit: to, reason },
	}));
	return [...landed, ...reverted];
}

/** The proof travels with the history. That it could not is no reason not to land: it stands here all the same. */
async function noteReceipt(site: LandingSite, { receipt, to }: Pending): Promise<string[]> {
	const text = site.receiptText(receipt);
	if (text === undefined) return [`the receipt ${receipt} is not there any more, and could not be noted on ${to}`];
	const { store } = site;
	const ours = await refOf(store, notes.ours);
	const theirs = await refOf(store, notes.theirs);
	if (ours === undefined && theirs !== undefined)
		await moveRef(store.git, { ref: notes.ours, from: undefined, to: theirs });
	else if (ours !== undefined && theirs !== undefined && !(await isAncestor(store.git, theirs, ours)))
		await store.git.text(["notes", "--ref", notes.ours, "merge", "--quiet", "--strategy=union", notes.theirs], {
			env: identity,
		});
	await store.git.text(["notes", "--ref", notes.ours, "add", "--force", "--file=-", to], {
		input: text,
		env: identity,
	});
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
