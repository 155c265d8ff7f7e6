/** Findings of tests that were run for a change, kept by what they depend on: they cost minutes, and say the same again. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errnoOf, replaceFile } from "@shopfloor/core/io";
import { z } from "zod";
import type { CheckDefinition } from "../checks/check.ts";
import { type Finding, severities } from "../ratchet/rule.ts";
import type { Environment } from "../receipts/receipt.ts";
import { keepNewest } from "./keep-newest.ts";

export interface FindingsOf {
	readonly check: CheckDefinition;
	readonly baseTree: string;
	readonly tree: string;
	/** Of the definition: what counts as a test is part of it. */
	readonly gate: string;
	readonly environment: Environment;
	readonly part: boolean;
}

const Kept = z.array(
	z.strictObject({
		rule: z.string(),
		severity: z.enum(severities),
		path: z.string(),
		line: z.number().optional(),
		side: z.enum(["base", "head"]).optional(),
		what: z.string(),
	}),
);

export function readFindings(dir: string, of: FindingsOf): readonly Finding[] | undefined {
	try {
		return Kept.safeParse(JSON.parse(readFileSync(pathOf(dir, of), "utf8"))).data as readonly Finding[] | undefined;
	} catch (error) {
		// Not there, or cut short: it is found out again.
		if (errnoOf(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
		throw error;
	}
}

export async function keepFindings(dir: string, of: FindingsOf, findings: readonly Finding[]): Promise<void> {
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	await replaceFile(pathOf(dir, of), JSON.stringify(findings));
	keepNewest(dir, findingsMax);
}

/** What a look just now does not bear out. */
export function forgetFindings(dir: string, of: FindingsOf): void {
	rmSync(pathOf(dir, of), { force: true });
}

const findingsMax = 2_000;

function pathOf(dir: string, of: FindingsOf): string {
	return join(
		dir,
		`${createHash("sha256")
			.update(JSON.stringify([2, of]))
			.digest("hex")
			.slice(0, 32)}.json`,
	);
}
