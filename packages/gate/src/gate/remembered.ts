/**
 * Answers that were given before: for an unchanged question nothing has to be asked, neither git nor a check. A note is
 * found by the question; what it points to is a receipt, and that counts when it is one for this question, given under
 * what holds now. The note says only where to look for that. One that is missing, foreign or of an older gate is no answer.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { errnoOf, type Runner, replaceFile } from "@shopfloor/core/io";
import { z } from "zod";
import { edition } from "../definition/edition.ts";
import type { Target } from "../git/target.ts";
import type { Receipt } from "../receipts/receipt.ts";
import type { ReceiptStore } from "../receipts/receipt-store.ts";
import { environmentOf, Outside } from "./environment.ts";
import { keepNewest } from "./keep-newest.ts";

export interface Asked {
	readonly tree: string;
	readonly baseTree: string;
	/** Sorted. */
	readonly givenUp: readonly string[];
	readonly runner: Runner;
	readonly target: Target;
}

/** What lies outside of the tree is no part of the question: it is looked at when the answer is read. */
const Note = z.strictObject({ receipt: z.string(), outside: Outside });
type Note = z.infer<typeof Note>;

/** The key of the receipt that answered the same question. */
export function remembered(dir: string, receipts: Pick<ReceiptStore, "read">, asked: Asked): string | undefined {
	const note = readNote(pathOf(dir, asked));
	if (note === undefined) return undefined;
	const read = receipts.read(note.receipt);
	return read.kind === "receipt" && answers(read.receipt, note.outside, asked) ? note.receipt : undefined;
}

export async function rememberAnswer(dir: string, asked: Asked, note: Note): Promise<void> {
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	await replaceFile(pathOf(dir, asked), JSON.stringify(note));
	keepNewest(dir, answersMax);
}

export function forgetAnswer(dir: string, asked: Asked): void {
	rmSync(pathOf(dir, asked), { force: true });
}

/** A few hundred bytes each. */
const answersMax = 5_000;

function readNote(path: string): Note | undefined {
	try {
		return Note.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
	} catch (error) {
		// Not there, or no note: it is found out again.
		if (errnoOf(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function answers(
	{ tree, base, givenUp, environment }: Receipt,
	outside: Outside,
	{ runner, target, ...asked }: Asked,
): boolean {
	// The dependencies are named by files of the tree.
	const now = environmentOf({ runner, dependencies: environment.dependencies, outside, target });
	const question = { tree, baseTree: base, givenUp };
	return isDeepStrictEqual(question, asked) && isDeepStrictEqual(environment, now);
}

function pathOf(dir: string, { tree, baseTree, givenUp, runner }: Asked): string {
	const question = JSON.stringify([
		edition,
		tree,
		baseTree,
		givenUp,
		process.version,
		process.platform,
		process.arch,
		runner.name,
	]);
	return join(dir, createHash("sha256").update(question).digest("hex").slice(0, 32));
}
