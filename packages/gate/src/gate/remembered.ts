/**
 * Answers that were given before, by the two trees alone: for an unchanged question nothing has to be asked, neither git
 * nor a check. What it points to is a receipt, which is looked at; the note itself proves nothing.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errnoOf, replaceFile } from "@shopfloor/core/io";
import type { Runner } from "../checks/runner.ts";
import { edition } from "../definition/edition.ts";
import { keepNewest } from "./keep-newest.ts";

export interface Asked {
	readonly tree: string;
	readonly baseTree: string;
	readonly givenUp: readonly string[];
	readonly runner: Runner;
}

/** The key of the receipt that answered the same question. */
export function remembered(dir: string, asked: Asked): string | undefined {
	try {
		return readFileSync(pathOf(dir, asked), "utf8").trim();
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

export async function rememberAnswer(dir: string, asked: Asked, receipt: string): Promise<void> {
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	await replaceFile(pathOf(dir, asked), receipt);
	keepNewest(dir, answersMax);
}

/** A line each. */
const answersMax = 5_000;

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
