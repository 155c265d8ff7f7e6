/** Runs checks on trees, as few times as possible: what is known is read, what is not is run in a bay and kept. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type HoldOptions, pidOf, type Runner } from "@shopfloor/core/io";
import type { CheckDefinition, CheckOutcome, Ran } from "../checks/check.ts";
import { runCheck } from "../checks/run-check.ts";
import type { Selection } from "../checks/selection.ts";
import type { GateDefinition } from "../definition/gate-definition.ts";
import { type Installation, install } from "../dependencies/install.ts";
import type { Store } from "../git/store.ts";
import type { Environment } from "../receipts/receipt.ts";
import { type HistoryFile, historyFile } from "../verdict/history-file.ts";
import { inOrder } from "../verdict/test-history.ts";
import { Bay } from "./bay.ts";
import { environmentOf, type Outside, outsideOf } from "./environment.ts";
import { type Results, resultKey, resultsIn, withPasses } from "./results.ts";

export interface MeasureOptions {
	/** Nothing that is known counts; what is found out is kept all the same. */
	readonly fresh?: boolean;
	readonly signal?: AbortSignal | undefined;
	readonly tell?: ((told: MeasureProgress) => void) | undefined;
}

export type MeasureProgress =
	/** For others to end what they do; by the numbers of their processes. */
	| { readonly kind: "waiting"; readonly holders: readonly number[] }
	| { readonly kind: "installing"; readonly what: string }
	| {
			readonly kind: "running";
			readonly check: string;
			readonly tree: string;
			readonly part: boolean;
			readonly why: RunReason;
	  }
	| { readonly kind: "ran"; readonly check: string; readonly tree: string; readonly ms: number };

/** Tests that failed are run again, edited ones in the base's version, and new ones to see whether they can fail. */
export type RunReason = "look" | "again" | "old-tests" | "proof";

export interface Run {
	readonly check: CheckDefinition;
	/** A commit near the tree. */
	readonly commit: string;
	readonly tree: string;
	readonly definition: GateDefinition;
	readonly only?: Selection | undefined;
	readonly env?: Readonly<Record<string, string>> | undefined;
	readonly why?: RunReason;
}

type Whole = Omit<Run, "only" | "env" | "why">;

/** For one question after the other; `close` gives the bay back. */
export class Measurer {
	readonly #store: Store;
	readonly #runner: Runner;
	readonly #options: MeasureOptions;
	readonly #results: Results;
	readonly #bay: Bay;
	/** Checks whose failure on the base was looked at again. */
	readonly #confirmed = new Set<string>();
	readonly #installations = new Map<string, Installation | undefined>();
	readonly #waits: NonNullable<HoldOptions["waits"]> = (slots) =>
		this.#options.tell?.({ kind: "waiting", holders: slots.map(({ holder }) => pidOf(holder)) });
	/** Milliseconds of checks that were run, and not read. */
	spentMs = 0;
	runs = 0;

	constructor(store: Store, runner: Runner, options: MeasureOptions = {}) {
		this.#store = store;
		this.#runner = runner;
		this.#options = options;
		this.#results = resultsIn(join(store.dir, "results"));
		this.#bay = new Bay(store, runner, { signal: options.signal, waits: this.#waits });
	}

	/** A whole check, from what is known where that is allowed. */
	async measure(run: Whole): Promise<CheckOutcome> {
		return (await this.known(run)) ?? (await this.#anew(run));
	}

	/** What was found out before; nothing is run. */
	async known(run: Whole): Promise<Ran | undefined> {
		return this.#options.fresh ? undefined : this.#results.read(await this.#keyOf(run));
	}

	/**
	 * The same for what others are compared with. A command that only says yes or no has one error for everything, which
	 * would excuse every other: one that failed is run once more before it counts.
	 */
	async measureBase(run: Whole): Promise<CheckOutcome> {
		const outcome = await this.measure(run);
		if (run.check.reports !== "exit" || outcome.kind !== "ran" || outcome.errors.length === 0) return outcome;
		if (this.#confirmed.has(run.check.name)) return outcome;
		this.#confirmed.add(run.check.name);
		const again = await this.#anew(run);
		return again.kind === "ran" && again.errors.length === 0 ? again : outcome;
	}

	/** Some of it once more. A test that passes now did not fail there for good, and excuses nobody from then on. */
	async rerunBase(run: Whole & Pick<Run, "only">): Promise<CheckOutcome> {
		const key = await this.#keyOf(run);
		const outcome = await this.run({ ...run, why: "again" });
		await this.#keep(run, key, (kept) => kept && withPasses(kept, outcome));
		return outcome;
	}

	async #anew(run: Whole): Promise<CheckOutcome> {
		const key = await this.#keyOf(run);
		const outcome = await this.run(run);
		await this.#keep(run, key, () => (outcome.kind === "ran" ? outcome : undefined));
		return outcome;
	}

	/** `key` is of the time before it was run: what came of it while something else changed is nobody's result. */
	async #keep(run: Whole, key: string, next: (kept: Ran | undefined) => Ran | undefined): Promise<void> {
		if ((await this.#keyOf(run)) !== key) return;
		const ran = next(this.#results.read(key));
		if (ran === undefined) this.#results.remove(key);
		else await this.#results.write(key, ran);
	}

	async #keyOf({ check, tree, definition }: Whole): Promise<string> {
		return await resultKey(this.#store.git, check, tree, await this.environment(tree, definition));
	}

	/** Without asking what is known: a part, or once more. */
	async run({ check, commit, tree, definition, only, env, why = "look" }: Run): Promise<CheckOutcome> {
		const { signal, tell } = this.#options;
		const installation = await this.installation(tree);
		// The bay first, always: who held a slot and waited for a bay would keep those waiting that have the bays.
		const dir = await this.#bay.load({ commit, tree, installation, copies: definition.copy });
		const slot = await this.#store.leases.hold(`checks-${check.reports}`, {
			slots: check.slots ?? slotsOf(check),
			ttlMs: 60_000,
			waits: this.#waits,
			...(signal ? { signal } : {}),
		});
		try {
			tell?.({ kind: "running", check: check.name, tree, part: only !== undefined, why });
			const outcome = await runCheck({
				definition: check,
				tree: dir,
				installation,
				runner: this.#runner,
				cacheDir: join(this.#store.dir, "cache"),
				only,
				order: check.reports === "vitest" ? inOrder(this.history(check).read()) : [],
				env,
				signal,
			});
			this.runs++;
			this.spentMs += outcome.ms;
			tell?.({ kind: "ran", check: check.name, tree, ms: outcome.ms });
			signal?.throwIfAborted();
			return outcome;
		} finally {
			await slot.release();
		}
	}

	history(check: CheckDefinition): HistoryFile {
		return historyFile(join(this.#store.dir, "cache"), check.name);
	}

	/** Made from the tree's own manifests and lockfile: of a change that may not touch them they are the base's. */
	async installation(tree: string): Promise<Installation | undefined> {
		if (!this.#installations.has(tree)) {
			const { signal, tell } = this.#options;
			const cacheDir = join(this.#store.dir, "installations");
			const starts = (what: string) => tell?.({ kind: "installing", what });
			const options = {
				cacheDir,
				leases: this.#store.leases,
				starts,
				waits: this.#waits,
				...(signal ? { signal } : {}),
			};
			this.#installations.set(tree, await install(this.#store.git, tree, options));
		}
		return this.#installations.get(tree);
	}

	/** Where the tree is, for who writes into it between runs. */
	async load({ commit, tree, definition }: Omit<Run, "check">): Promise<string> {
		return await this.#bay.load({ commit, tree, copies: definition.copy, installation: await this.installation(tree) });
	}

	async environment(tree: string, definition: GateDefinition): Promise<Environment> {
		const dependencies = (await this.installation(tree))?.key ?? null;
		const outside = await this.outside(tree, definition);
		return environmentOf({ runner: this.#runner, dependencies, outside, target: this.#store.target });
	}

	async outside(tree: string, definition: GateDefinition): Promise<Outside> {
		return outsideOf(definition, await this.installation(tree));
	}

	async close(): Promise<void> {
		await this.#bay.leave();
	}
}

/** A compiler uses more than one core and half a gigabyte by itself; a runner starts a worker for each core. */
function slotsOf({ reports }: CheckDefinition): number {
	return reports === "tsc" ? Math.min(2, availableParallelism()) : Math.max(1, Math.floor(availableParallelism() / 2));
}
