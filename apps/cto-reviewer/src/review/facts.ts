/**
 * What whoever reads a change is told: what it says it does, its diff, and what was counted. Nothing of it is an
 * instruction.
 */
import type { ReviewFacts } from "@shopfloor/agents";
import type { Change, DataOf } from "@shopfloor/core";
import { isShopfloorError } from "@shopfloor/core/io";
import { baseline, type Evaluation, projectContext, receiptStore } from "@shopfloor/gate";
import type { Site } from "../site.ts";

export async function factsFor(site: Site, change: Change, evaluation: Evaluation): Promise<ReviewFacts> {
	const { files, added, removed } = evaluation.size;
	const {
		world,
		gate: { store },
	} = site;
	return {
		context: await projectContext(store, evaluation.base.commit, world.config.repository?.context ?? []),
		task: { title: change.title, detail: await wordsOf(site, change) },
		diff: { text: await diffText(site, evaluation), files, added, removed },
		findings: evaluation.findings,
		...(await countsOf(site, change, evaluation)),
	};
}

async function wordsOf({ gate }: Site, { commit }: Change): Promise<string> {
	return (await gate.store.git.text(["log", "-1", "--format=%B", "--encoding=UTF-8", commit])).slice(0, wordsMax);
}

const wordsMax = 4_000;

/** As it would land. With some lines around, which rules do not need and readers do. */
async function diffText({ gate }: Site, { base, tree }: Evaluation): Promise<string> {
	const shown = ["--patch", "-U8", "-r", "-M", "--no-ext-diff", "--no-textconv", "--no-color", "--submodule=short"];
	try {
		const bytes = await gate.store.git.bytes(
			["diff-tree", ...shown, "--end-of-options", base.tree, tree ?? base.tree, "--"],
			{ bytesMax: diffBytesMax },
		);
		return bytes.toString("utf8");
	} catch (error) {
		if (!isShopfloorError(error, "git-failed") || !/more than can be read at once/.test(error.message)) throw error;
		return `(the diff has more than ${diffBytesMax} bytes and cannot be shown)`;
	}
}

/** Many times what any prompt shows. */
const diffBytesMax = 16 * 1024 * 1024;

type Counts = Pick<ReviewFacts, "errorCount" | "failingCount">;

/** By the proof of its tree, which is there when it was measured whole; else as its author's cycle measured it. */
async function countsOf(site: Site, change: Change, evaluation: Evaluation): Promise<Counts> {
	const { gate, world, signal } = site;
	const read = evaluation.receipt === undefined ? undefined : receiptStore(world.places.state).read(evaluation.receipt);
	if (read?.kind !== "receipt") return await countedBefore(site, change);
	const before = await baseline(gate.bench, evaluation.base, { signal });
	if (before.kind !== "measured") return {};
	const { checks } = read.receipt;
	const sum = (of: "errors" | "failed") => checks.reduce((total, check) => total + check[of], 0);
	return {
		errorCount: { before: before.errors.length, after: sum("errors") },
		failingCount: { before: before.failing.length, after: sum("failed") },
	};
}

async function countedBefore({ world }: Site, change: Change): Promise<Counts> {
	const since = { type: ["ralph_cycle" as const], since: change.created };
	const cycles = await world.floor.log.last(cyclesLookedAt, since);
	const own = cycles.find((entry) => entry.type === "ralph_cycle" && entry.data.change === change.id);
	if (own === undefined) return {};
	const { before, after } = own.data as DataOf<"ralph_cycle">;
	if (before === undefined || after === undefined) return {};
	return {
		errorCount: { before: before.errors, after: after.errors },
		failingCount: { before: before.failingTests, after: after.failingTests },
	};
}

/** Since it was pushed; with 64 sessions that is days. */
const cyclesLookedAt = 2_000;
