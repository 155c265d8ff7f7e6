/** A judge that looks at nothing but files: quick, and the same every time. */
import type { Git } from "../git/git.ts";
import { listTree } from "../git/objects.ts";
import type { Judge } from "../landing/change.ts";
import { type Question, type Receipt, receiptKey } from "../receipts/receipt.ts";

export interface FileJudge extends Judge {
	/** The files of every tree it was asked about. */
	readonly judged: readonly string[][];
	readonly receipts: ReadonlyMap<string, string>;
}

/** `bad…` is bad by itself; `needs-not-x` is bad where `x` is; nobody can say anything about a tree with `unknown`. */
export function fileJudge(git: Git): FileJudge {
	const judged: string[][] = [];
	const receipts = new Map<string, string>();
	return {
		judged,
		receipts,
		async judge(tree, base) {
			const files = (await listTree(git, tree)).map(({ path }) => path);
			judged.push(files);
			const reasons = files.filter((path) => path.startsWith("bad") || breaks(path, files));
			if (files.includes("unknown")) return { kind: "unknown", why: "the check did not end" };
			if (reasons.length > 0) return { kind: "bad", reasons };
			const receipt = receiptFor(tree, base.tree);
			receipts.set(receiptKey(receipt), JSON.stringify(receipt));
			return { kind: "good", receipt: receiptKey(receipt) };
		},
	};
}

function breaks(path: string, files: readonly string[]): boolean {
	return path.startsWith("needs-not-") && files.includes(path.slice("needs-not-".length));
}

export function receiptFor(tree: string, base: string): Receipt {
	const check = { name: "files", errors: 0, passed: 1, failed: 0, skipped: 0, ms: 0 };
	return { ...question(tree, base), format: 1, checks: [check], made: "2026-01-01T00:00:00.000Z" };
}

function question(tree: string, base: string): Question {
	const environment = { node: "v20", platform: "linux", dependencies: null, tools: null, lent: null, sandbox: false };
	return { tree, base, givenUp: [], gate: "0123456789abcdef", environment };
}
