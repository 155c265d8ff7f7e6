/**
 * Landing, from approved changes to the target's base branch: ordered, combined, judged as a batch, culprits out, the
 * rest published. One lander at a time; whatever the last one left in the middle is completed or given up first.
 *
 * The tree that is judged is the tree that lands: trees are made before they are judged, and a base that moved meanwhile
 * throws all of it away.
 */
import { isShopfloorError, type Lease } from "@shopfloor/core/io";
import { hindranceAt } from "../git/checkout.ts";
import { baseOf, fetch } from "../git/store.ts";
import type { Asked, Base, Judgement, Landed, LandingChange, Probed, Suspect } from "./change.ts";
import { baseAt, type Combined, combine } from "./combine.ts";
import { compose } from "./compose.ts";
import { Examiner } from "./facts.ts";
import type { Pending } from "./journal.ts";
import { holdLander, racesMax } from "./lander.ts";
import { batchSize } from "./order.ts";
import { type Prepared, prepare, preparedOn } from "./prepare.ts";
import { publish, recover } from "./publish.ts";
import { type LandOptions, type LandReport, landedOf, type Progress } from "./report.ts";
import { type Culprit, changesAt, settle } from "./settle.ts";
import type { LandingSite } from "./site.ts";
import { workAhead } from "./work-ahead.ts";

export async function land(
	site: LandingSite,
	changes: readonly LandingChange[],
	options: LandOptions = {},
): Promise<LandReport> {
	const { signal, tell } = options;
	const lease = await holdLander(site, { signal, waits: (holders) => tell?.({ kind: "waiting", holders }) });
	try {
		return await new Landing(site, lease, options).run(changes);
	} finally {
		await lease.release();
	}
}

class Landing {
	readonly #site: LandingSite;
	readonly #lease: Lease;
	readonly #options: LandOptions;
	readonly #examiner: Examiner;
	#size: number | undefined;
	readonly #results: Landed[] = [];
	readonly #recovered: Landed[] = [];
	readonly #warnings: string[] = [];
	#judgements = 0;
	#probes = 0;

	constructor(site: LandingSite, lease: Lease, options: LandOptions) {
		this.#site = site;
		this.#lease = lease;
		this.#options = options;
		this.#examiner = new Examiner(site);
	}

	async run(changes: readonly LandingChange[]): Promise<LandReport> {
		const { store, branch } = this.#site;
		await fetch(store, this.#options.signal);
		const stuck = this.#options.dryRun ? undefined : await this.#recover();
		let queue: readonly LandingChange[] = changes.filter(
			(given) => !this.#recovered.some(({ change }) => isSame(given, change)),
		);
		this.#results.push(...this.#recovered.filter(({ change }) => changes.some((given) => isSame(given, change))));
		const hindrance = stuck ?? (await this.#hindrance());
		if (hindrance !== undefined) queue = this.#allWait(queue, hindrance);
		let base = await baseAt(store.git, await baseOf(store, branch));
		let races = 0;
		let next: Prepared | undefined;
		while (queue.length > 0) {
			this.#options.signal?.throwIfAborted();
			const prepared = preparedOn(next, base) ?? (await this.#prepare(queue, base));
			this.#results.push(...prepared.out);
			const after = await this.#landBatch(prepared);
			({ queue, next } = after);
			if (after.kind === "waiting") queue = this.#allWait(queue, after.why);
			else if (after.kind === "moved") {
				if (++races > racesMax) queue = this.#allWait(queue, `the base moved ${races} times while it was checked`);
				await fetch(store, this.#options.signal);
				base = await baseAt(store.git, await baseOf(store, branch));
				this.#tell({ kind: "base-moved", to: base.commit });
			} else base = after.base;
		}
		return {
			results: this.#results,
			recovered: this.#recovered,
			warnings: this.#warnings,
			judgements: this.#judgements,
			probes: this.#probes,
		};
	}

	/** What would turn the landing away at the end is told before hours of checks. */
	async #hindrance(): Promise<string | undefined> {
		const { store, branch } = this.#site;
		if (this.#options.dryRun || store.target.kind !== "local") return undefined;
		return await hindranceAt(store.target, branch);
	}

	/** Why nothing can land now; undefined when the way is free. */
	async #recover(): Promise<string | undefined> {
		const found = await recover(this.#site, this.#lease);
		if (found?.kind === "waiting") return found.why;
		if (found?.kind !== "published") return undefined;
		this.#tell({ kind: "recovered", to: found.pending.to });
		this.#recovered.push(...landedOf(found.pending));
		this.#warnings.push(...found.warnings);
		return undefined;
	}

	async #recentlyBad(): Promise<{ bad: number; of: number }> {
		const entries = await this.#site.log.last(recent, { type: ["change_landed", "change_rejected"] });
		return { bad: entries.filter(({ type }) => type === "change_rejected").length, of: entries.length };
	}

	async #landBatch({ combined, later }: Prepared): Promise<After> {
		const { base } = combined;
		if (combined.steps.length === 0) return { kind: "on", base, queue: later };
		const changes = combined.steps.map(({ change }) => change);
		this.#tell({ kind: "batch", changes: changes.map(({ id }) => id) });
		const ahead = workAhead((signal) => this.#prepareNext(combined, later, signal), this.#options.signal);
		try {
			const settled = await settle(changes.length, {
				whole: () => this.#judge(combined),
				probe: (indexes, suspects) => this.#probe(base, changesAt(changes, indexes), suspects),
			});
			switch (settled.kind) {
				case "good": {
					const published = await this.#publish(combined, settled.receipt);
					if (published.kind !== "on") return { ...published, queue: [...changes, ...later] };
					return { ...published, queue: later, next: await ahead.done };
				}
				case "culprit":
					await this.#reject(changes, settled);
					return { kind: "on", base, queue: [...changes.filter((_, index) => index !== settled.at), ...later] };
				case "unmeasurable": {
					const rest = changes.filter((_, index) => index !== settled.at);
					this.#allWait(changesAt(changes, [settled.at]), settled.why);
					return { kind: "on", base, queue: [...rest, ...later] };
				}
				case "unknown":
					this.#allWait(changes, settled.why);
					return { kind: "on", base, queue: later };
			}
		} finally {
			await ahead.end();
		}
	}

	/** While a batch is judged, the next is prepared on top of it: if the batch lands, that much is done. */
	async #prepareNext(
		{ steps }: Combined,
		queue: readonly LandingChange[],
		signal: AbortSignal,
	): Promise<Prepared | undefined> {
		const last = steps.at(-1);
		if (last === undefined || queue.length === 0) return undefined;
		const next = await this.#prepare(queue, { commit: last.stand, tree: last.tree });
		const tree = next.combined.steps.at(-1)?.tree;
		if (tree !== undefined && !signal.aborted) await this.#site.judge.prepare?.(tree, signal);
		return next;
	}

	async #prepare(queue: readonly LandingChange[], base: Base): Promise<Prepared> {
		// For the whole landing: a culprit found in the middle says little about those that were not asked yet.
		this.#size ??= this.#options.batch ?? batchSize(await this.#recentlyBad());
		return await prepare(this.#site.store, this.#examiner, { queue, base, size: this.#size });
	}

	async #reject(changes: readonly LandingChange[], { at, reasons, togetherWith }: Culprit): Promise<void> {
		const change = changes[at];
		if (change === undefined) throw new Error(`a culprit at ${at} of ${changes.length}`);
		const partner = togetherWith === undefined ? undefined : changes[togetherWith]?.id;
		this.#results.push({
			kind: "rejected",
			change,
			reasons,
			...(partner === undefined ? {} : { togetherWith: partner }),
		});
		if (this.#options.dryRun) return;
		const { id, commit, session } = change;
		const said =
			partner === undefined ? reasons : [`only together with ${partner}`, ...reasons].slice(0, reasons.length);
		const data = { change: id, reasons: [...said], ...(session === undefined ? {} : { session }) };
		await this.#site.log.append([{ type: "change_rejected", by: this.#site.by, id: `rejected:${commit}`, data }]);
	}

	async #publish({ base, steps }: Combined, receipt: string): Promise<Published> {
		const { store, branch, logHead, clock } = this.#site;
		const { dryRun } = this.#options;
		const seconds = Math.floor(clock.now() / 1_000);
		const composed = await compose(store.git, {
			base,
			steps,
			receipt,
			logHead: logHead(),
			seconds,
		});
		const pending: Pending = {
			branch,
			from: base.commit,
			to: composed.tip,
			tree: composed.tree,
			receipt,
			changes: composed.commits.map(({ change, commit }) => ({
				id: change.id,
				branch: change.branch,
				approved: change.commit,
				commit,
				...(change.session === undefined ? {} : { session: change.session }),
				...(change.task === undefined ? {} : { task: change.task }),
			})),
		};
		if (!dryRun) {
			const published = await publish(this.#site, this.#lease, pending);
			if (published.kind !== "published") return published;
			this.#warnings.push(...published.warnings);
			this.#tell({ kind: "landed", changes: steps.map(({ change }) => change.id), to: composed.tip });
		}
		this.#results.push(
			...landedOf(
				pending,
				steps.map(({ change }) => change),
			),
		);
		return { kind: "on", base: { commit: composed.tip, tree: composed.tree } };
	}

	async #judge({ base, steps }: Combined): Promise<Judgement> {
		const last = steps.at(-1);
		if (last === undefined) throw new Error("nothing to judge");
		const changes = steps.map(({ change }) => change.id);
		this.#tell({ kind: "judging", changes });
		this.#judgements++;
		const asked = this.#asked(steps.map(({ change }) => change));
		const judgement = await orUnknown(this.#site.judge.judge(last.tree, base, asked));
		this.#tell({ kind: "judged", changes, judgement: judgement.kind });
		return judgement;
	}

	async #probe(
		base: Base,
		changes: readonly LandingChange[],
		suspects: readonly Suspect[] | undefined,
	): Promise<Probed | undefined> {
		const { store, judge } = this.#site;
		const combined = await combine(store.git, base, changes);
		const last = combined.steps.at(-1);
		if (last === undefined || combined.steps.length !== changes.length) return undefined;
		const asked = this.#asked(changes);
		const names = changes.map(({ id }) => id);
		this.#tell({ kind: "probing", changes: names });
		this.#probes++;
		const probed =
			judge.probe === undefined || suspects === undefined
				? await orUnknown(judge.judge(last.tree, base, asked))
				: await orUnknown(judge.probe(last.tree, base, suspects, asked));
		this.#tell({ kind: "judged", changes: names, judgement: probed.kind });
		return probed;
	}

	#asked(changes: readonly LandingChange[]): Asked {
		const givenUp = [...new Set(changes.flatMap((change) => change.givenUp ?? []))].sort();
		return { givenUp, signal: this.#options.signal };
	}

	#allWait(changes: readonly LandingChange[], why: string): [] {
		this.#results.push(...changes.map((change) => ({ kind: "waiting", change, why }) as const));
		return [];
	}

	#tell(progress: Progress): void {
		this.#options.tell?.(progress);
	}
}

type Published =
	| { readonly kind: "on"; readonly base: Base }
	| { readonly kind: "moved" }
	| { readonly kind: "waiting"; readonly why: string };

type After = Published & { readonly queue: readonly LandingChange[]; readonly next?: Prepared | undefined };

/** What one change is made of can keep it from being judged, and no other of its batch. */
async function orUnknown<T>(judged: Promise<T>): Promise<T | { readonly kind: "unknown"; readonly why: string }> {
	try {
		return await judged;
	} catch (error) {
		if (!isShopfloorError(error, "bad-tree", "dependencies-failed", "too-large")) throw error;
		return { kind: "unknown", why: error.message };
	}
}

/** Decisions from which the share of bad changes is guessed. */
const recent = 50;

/** A branch that went on is another change under the same name. */
function isSame(one: LandingChange, other: LandingChange): boolean {
	return one.id === other.id && one.commit === other.commit;
}
