/**
 * Proves from the history what the factory promises about it: every commit that it landed carries the proof for exactly
 * its tree, the log that the commit names is the log that is here, and nothing that landed has disappeared.
 */
import type { Verification } from "@shopfloor/core/io";
import { commitOf, isAncestor, treeOf } from "../git/objects.ts";
import { baseOf, examineStore, fetch, findCommit, mirrored, type Store } from "../git/store.ts";
import { unusable } from "../git/target.ts";
import { type ReadReceipt, type Receipt, readReceiptText } from "../receipts/receipt.ts";
import type { Judge } from "./change.ts";
import { type BaseCommit, firstParents } from "./history.ts";
import type { LandingSite } from "./site.ts";

export interface AuditSite extends Pick<LandingSite, "store" | "branch" | "log" | "receiptText"> {
	readonly verifyLog: (heads: readonly { seq: number; hash: string }[]) => Promise<Verification>;
}

export interface AuditOptions {
	/** `from..to`, commits or branches; by default the whole base branch. */
	readonly range?: string;
	/** Judges every tree again, whatever is known about it. */
	readonly replay?: Judge;
	readonly signal?: AbortSignal;
	readonly tell?: (at: { done: number; of: number; commit: string }) => void;
}

export interface Audit {
	readonly looked: number;
	/** Of those, the factory's. */
	readonly ours: number;
	readonly replayed: number;
	readonly faults: readonly AuditFault[];
}

export interface AuditFault {
	/** Undefined for what is about no single commit. */
	readonly commit: string | undefined;
	readonly subject: string;
	readonly what: string;
}

export async function audit(site: AuditSite, options: AuditOptions = {}): Promise<Audit> {
	await fetch(site.store, options.signal);
	await examineStore(site.store);
	const commits = await firstParents(site.store, await rangeOf(site, options.range));
	const ours = commits.filter((commit) => commit.ours);
	const faults: AuditFault[] = [];
	for (const commit of ours) for (const what of await proofFaults(site, commit)) faults.push(fault(commit, what));
	const ofLog = await logFaults(site, ours);
	const told = await toldLandings(site);
	faults.push(...ofLog);
	// A log that is not the one of these commits knows none of them.
	// Nor does one in which nothing landed yet.
	if (ofLog.length === 0 && told.whole && told.landings.size > 0)
		for (const commit of ours)
			if (!told.landings.has(commit.commit)) faults.push(fault(commit, "the log does not know that it landed"));
	if (options.range === undefined) faults.push(...(await lost(site, told.changes)));
	const replayed = options.replay === undefined ? 0 : await replay(site, ours, options, options.replay, faults);
	return { looked: commits.length, ours: ours.length, replayed, faults };
}

function fault({ commit, subject }: BaseCommit, what: string): AuditFault {
	return { commit, subject, what };
}

async function rangeOf({ store, branch }: AuditSite, range: string | undefined): Promise<string[]> {
	await baseOf(store, branch);
	if (range === undefined) return [mirrored(branch)];
	const ends = range.split("..");
	if (ends.length > 2) throw unusable(`"${range}" is no range`, "Write two commits with two dots between: v1..main");
	const found = await Promise.all(
		ends.map((end) => (end === "" ? commitOf(store.git, mirrored(branch)) : findEnd(store, end))),
	);
	const missing = ends.find((_, index) => found[index] === undefined);
	if (missing !== undefined)
		throw unusable(`there is no commit, branch or tag "${missing}"`, "Name one that the target has.");
	return [found.join("..")];
}

async function findEnd(store: Store, name: string): Promise<string | undefined> {
	const [, start = name, steps = ""] = /^([^~^]+)([~^][~^0-9]*)?$/.exec(name) ?? [];
	const commit = await findCommit(store, start);
	return commit === undefined ? undefined : await commitOf(store.git, `${commit}${steps}`);
}

async function proofFaults(site: AuditSite, commit: BaseCommit): Promise<string[]> {
	const read = readProof(site, commit);
	if (read.kind === "none") return [`its receipt ${commit.receipt} is neither here nor on the commit`];
	if (read.kind === "broken") return [`its receipt ${commit.receipt} is not what was written: ${read.why}`];
	return [...(await mismatches(site.store, commit, read.receipt)), ...(await shapeFaults(site.store, commit))];
}

function readProof({ receiptText }: AuditSite, { receipt: key = "", note }: BaseCommit): ReadReceipt {
	const texts = [receiptText(key), note].filter((text) => text !== undefined);
	const read = texts.map((text) => readReceiptText(text, key));
	return read.find(({ kind }) => kind === "receipt") ?? read[0] ?? { kind: "none" };
}

async function mismatches({ git }: Store, { tree, parents }: BaseCommit, receipt: Receipt): Promise<string[]> {
	if (receipt.tree !== tree) return [`its receipt is for the tree ${receipt.tree}, and it has the tree ${tree}`];
	const [parent] = parents;
	if (parent === undefined) return [];
	const before = await treeOf(git, parent);
	return receipt.base === before
		? []
		: [`its receipt compares it with the tree ${receipt.base}, and it stands on ${before}`];
}

/** A merge lands a chain of changes; what it adds to them was in none of them. */
async function shapeFaults({ git }: Store, { tree, parents }: BaseCommit): Promise<string[]> {
	const [, chain] = parents;
	if (chain === undefined || (await treeOf(git, chain)) === tree) return [];
	return ["it merges changes, and has another tree than the last of them"];
}

async function logFaults(site: AuditSite, ours: readonly BaseCommit[]): Promise<AuditFault[]> {
	const heads = ours.flatMap(({ logHead }) => {
		const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(logHead ?? "") ?? [];
		return seq === undefined || hash === undefined ? [] : [{ seq: Number(seq), hash }];
	});
	const { bad } = await site.verifyLog(heads);
	if (bad === undefined) return [];
	const named = ours.find(({ logHead }) => logHead?.startsWith(`${bad.seq}:`));
	return [
		{ commit: named?.commit, subject: named?.subject ?? "the log", what: `entry ${bad.seq} of the log ${bad.what}` },
	];
}

interface Told {
	readonly changes: readonly { readonly change: string; readonly commit: string; readonly at: string }[];
	/** Commits to which the base was moved. */
	readonly landings: ReadonlySet<string>;
	/** Nothing of the log was moved away. */
	readonly whole: boolean;
}

async function toldLandings({ log }: AuditSite): Promise<Told> {
	const changes: { change: string; commit: string; at: string }[] = [];
	const landings = new Set<string>();
	let whole: boolean | undefined;
	for await (const entry of log.read(1)) {
		whole ??= entry.seq === 1;
		if (entry.type === "change_landed") {
			changes.push({ change: entry.data.change, commit: entry.data.commit, at: entry.ts });
			landings.add(entry.data.landing ?? entry.data.commit);
		}
		if (entry.type === "change_reverted") landings.add(entry.data.commit);
	}
	return { changes, landings, whole: whole ?? false };
}

/** Whatever the log says has landed must still be part of the base's history. */
async function lost({ store, branch }: AuditSite, changes: Told["changes"]): Promise<AuditFault[]> {
	const stands = await baseOf(store, branch);
	const faults: AuditFault[] = [];
	for (const { change, commit, at } of changes) {
		const there = await commitOf(store.git, commit);
		if (there !== undefined && (await isAncestor(store.git, commit, stands))) continue;
		faults.push({ commit, subject: change, what: `it landed at ${at} and is not part of ${branch} any more` });
	}
	return faults;
}

async function replay(
	site: AuditSite,
	ours: readonly BaseCommit[],
	{ signal, tell }: AuditOptions,
	judge: Judge,
	faults: AuditFault[],
): Promise<number> {
	const { store } = site;
	let done = 0;
	for (const commit of ours) {
		const [parent] = commit.parents;
		if (parent === undefined) continue;
		signal?.throwIfAborted();
		tell?.({ done, of: ours.length, commit: commit.commit });
		const base = { commit: parent, tree: await treeOf(store.git, parent) };
		const proof = readProof(site, commit);
		const givenUp = proof.kind === "receipt" ? proof.receipt.givenUp : [];
		const judged = await judge.judge(commit.tree, base, { givenUp, signal });
		if (judged.kind === "bad") faults.push(fault(commit, `judged again it is bad: ${judged.reasons.join("; ")}`));
		if (judged.kind === "unknown") faults.push(fault(commit, `it could not be judged again: ${judged.why}`));
		done++;
	}
	return done;
}
