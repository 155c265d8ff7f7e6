/** What the order of changes depends on, asked of git. */
import { mergeBase, mergeTree } from "../git/objects.ts";
import type { Store } from "../git/store.ts";
import { findCommit } from "../git/store.ts";
import type { Base, Judge, Landed, LandingChange } from "./change.ts";
import type { ChangeFacts } from "./order.ts";
import type { LandingSite } from "./site.ts";

export interface Examined {
	readonly facts: readonly ChangeFacts[];
	/** Those that cannot land at all. */
	readonly out: readonly Landed[];
}

type Facts = Omit<ChangeFacts, "conflicts">;
type OwnFacts = Omit<Facts, "alone">;

/** For one landing after the other: what two changes are to each other does not depend on the base. */
export class Examiner {
	readonly #store: Store;
	readonly #judge: Judge;
	readonly #conflicts = new Map<string, boolean>();

	constructor({ store, judge }: Pick<LandingSite, "store" | "judge">) {
		this.#store = store;
		this.#judge = judge;
	}

	async examine(changes: readonly LandingChange[], base: Base): Promise<Examined> {
		const measures = (await this.#judge.measuresBy?.(base)) ?? (() => false);
		const facts: Facts[] = [];
		const out: Landed[] = [];
		for (const change of changes) {
			const examined = await factsOf(this.#store, change, base.commit);
			if ("kind" in examined) out.push(examined);
			else facts.push({ ...examined, alone: examined.files.some(measures) });
		}
		return { facts: await this.#withConflicts(facts), out };
	}

	/** Adds how many of the others each cannot be merged with. Only those that touch a file in common are tried. */
	async #withConflicts(facts: readonly Facts[]): Promise<ChangeFacts[]> {
		const counts = facts.map(() => 0);
		let tries = 0;
		for (const [index, one] of facts.entries()) {
			const touched = new Set(one.files);
			for (const [offset, other] of facts.slice(index + 1).entries()) {
				if (!other.files.some((file) => touched.has(file))) continue;
				const pair = `${one.change.commit} ${other.change.commit}`;
				if (!this.#conflicts.has(pair)) {
					// Then the order is less good, and nothing else.
					if (++tries > triesMax) continue;
					const merged = await mergeTree(this.#store.git, one.change.commit, other.change.commit);
					this.#conflicts.set(pair, merged.kind === "conflict");
				}
				if (!this.#conflicts.get(pair)) continue;
				counts[index] = (counts[index] ?? 0) + 1;
				counts[index + 1 + offset] = (counts[index + 1 + offset] ?? 0) + 1;
			}
		}
		return facts.map((fact, index) => ({ ...fact, conflicts: counts[index] ?? 0 }));
	}
}

/** Merges of pairs at a time; each takes some milliseconds. */
const triesMax = 500;

/** Whether a change can land at all on this base: what was approved must be what is there, and stand on the base. */
async function factsOf(store: Store, change: LandingChange, base: string): Promise<OwnFacts | Landed> {
	const { git } = store;
	const tip = await findCommit(store, change.branch);
	if (tip === undefined) return out(change, `its branch ${change.branch} is gone`);
	if (tip !== change.commit)
		return out(
			change,
			`its branch ${change.branch} is at ${tip.slice(0, 12)}, and ${change.commit.slice(0, 12)} was approved`,
		);
	const fork = await mergeBase(git, base, change.commit);
	if (fork === undefined) return out(change, "it has no history in common with the base");
	if (fork === change.commit) return { kind: "empty", change };
	const [counts, stat] = await Promise.all([
		git.text(["rev-list", "--left-right", "--count", `${base}...${change.commit}`]),
		git.fields(["diff-tree", "-r", "-z", "--numstat", "--no-renames", fork, change.commit]),
	]);
	const [behind = 0, ahead = 0] = counts.split("\t").map(Number);
	if (ahead > commitsMax) return out(change, `it has more than ${commitsMax} commits on top of the base`);
	const rows = stat.map((line) => line.split("\t"));
	const lines = rows.reduce((sum, [added, removed]) => sum + (Number(added) || 0) + (Number(removed) || 0), 0);
	return { change, behind, lines, files: rows.map(([, , path = ""]) => path) };
}

function out(change: LandingChange, why: string): Landed {
	return { kind: "void", change, why };
}

/** The crew makes one; a person a handful. More is somebody else's history. */
const commitsMax = 500;
