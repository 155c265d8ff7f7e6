/**
 * In which files of a tree its checks ran tests. Kept by the tree, so that it is known where nothing is run, and where a
 * receipt answers: a runner takes for a test whatever its configuration says, and no name tells.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errnoOf, replaceFile } from "@shopfloor/core/io";
import { z } from "zod";
import { type CheckOutcome, hasTests } from "../checks/check.ts";
import type { FoundDefinition } from "../definition/gate-definition.ts";
import type { Store } from "../git/store.ts";
import type { Base } from "../landing/change.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { keepNewest } from "./keep-newest.ts";
import { Measurer } from "./measure.ts";

const Kept = z.array(z.string());

/** Undefined when it is not known. */
export function readTestFiles(store: Store, tree: string, gate: string): readonly string[] | undefined {
	try {
		return Kept.safeParse(JSON.parse(readFileSync(pathOf(store, tree, gate), "utf8"))).data;
	} catch (error) {
		// Not there, or cut short: it is found out again.
		if (errnoOf(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Of the outcomes of all checks that run tests. */
export async function keepTestFiles(
	store: Store,
	tree: string,
	gate: string,
	outcomes: readonly CheckOutcome[],
): Promise<readonly string[]> {
	const files = testFilesIn(outcomes);
	// What broke may name them the next time.
	if (outcomes.some(({ kind }) => kind !== "ran")) return files;
	mkdirSync(folderOf(store), { recursive: true, mode: 0o700 });
	await replaceFile(pathOf(store, tree, gate), JSON.stringify(files));
	keepNewest(folderOf(store), keptMax);
	return files;
}

export function testFilesIn(outcomes: readonly CheckOutcome[]): readonly string[] {
	const files = outcomes.flatMap((outcome) => (outcome.kind === "ran" ? outcome.tests.map(({ file }) => file) : []));
	return [...new Set(files)].filter((file) => file !== "");
}

/** Runs what is not known: whoever judges a tree needs the base's outcome, too, and finds it then. */
export async function testFilesOfBase(
	bench: Bench,
	base: Base,
	{ definition, hash }: FoundDefinition,
	{ mayRun, ...options }: JudgeOptions & { readonly mayRun: boolean },
): Promise<readonly string[]> {
	const known = readTestFiles(bench.store, base.tree, hash);
	// TAP names no files.
	const checks = definition.checks.filter((check) => hasTests(check) && check.reports !== "tap");
	if (known !== undefined || !mayRun || checks.length === 0) return known ?? [];
	// What files there are does not waver: a known outcome is as good as a fresh one.
	const measurer = new Measurer(bench.store, bench.runner, { ...options, fresh: false });
	try {
		const outcomes: CheckOutcome[] = [];
		for (const check of checks)
			outcomes.push(await measurer.measureBase({ check, commit: base.commit, tree: base.tree, definition }));
		return await keepTestFiles(bench.store, base.tree, hash, outcomes);
	} finally {
		await measurer.close();
		if (measurer.runs > 0) options.seen?.({ ms: measurer.spentMs, runs: measurer.runs });
	}
}

/** Some kilobytes each. */
const keptMax = 500;

function folderOf({ dir }: Store): string {
	return join(dir, "test-files");
}

function pathOf(store: Store, tree: string, gate: string): string {
	const name = createHash("sha256").update(`${tree} ${gate}`).digest("hex").slice(0, 32);
	return join(folderOf(store), `${name}.json`);
}
