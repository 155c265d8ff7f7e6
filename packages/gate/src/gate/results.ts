/**
 * What checks came to, kept by what they depend on: the tree (or the part of it that the check reads), the check's
 * definition and the environment. Only what ran to its end is kept; it is a cache, and may be thrown away. The newest run
 * has the word: it takes the place of what was kept, whatever it came to.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { errnoOf, replaceFile } from "@shopfloor/core/io";
import picomatch from "picomatch";
import { z } from "zod";
import type { CheckDefinition, CheckOutcome, Ran } from "../checks/check.ts";
import { edition } from "../definition/edition.ts";
import type { Git } from "../git/git.ts";
import { listTree, type TreeEntry } from "../git/objects.ts";
import type { Environment } from "../receipts/receipt.ts";
import { keepNewest } from "./keep-newest.ts";

const Kept = z.strictObject({
	kind: z.literal("ran"),
	errors: z.array(
		z.strictObject({
			key: z.string(),
			file: z.string().nullable(),
			line: z.number().nullable(),
			code: z.string(),
			message: z.string(),
		}),
	),
	tests: z.array(
		z.strictObject({
			id: z.string(),
			file: z.string(),
			name: z.string(),
			state: z.enum(["passed", "failed", "skipped", "todo"]),
			ms: z.number(),
			message: z.string().optional(),
		}),
	),
	exitCode: z.number(),
	ms: z.number(),
});

export interface Results {
	read(key: string): Ran | undefined;
	write(key: string, ran: Ran): Promise<void>;
	remove(key: string): void;
}

export function resultsIn(dir: string): Results {
	const pathOf = (key: string) => join(dir, `${key}.gz`);
	return {
		read(key) {
			const path = pathOf(key);
			try {
				const { data } = Kept.safeParse(
					JSON.parse(
						gunzipSync(Buffer.from(readFileSync(path, "latin1"), "base64"), { maxOutputLength: bytesMax }).toString(),
					),
				);
				if (data === undefined) return undefined;
				const now = new Date();
				utimesSync(path, now, now);
				return data as Ran;
			} catch (error) {
				// Not there, or cut short by a crash or rotten: it is found out again.
				if (errnoOf(error) === "ENOENT" || error instanceof SyntaxError || /^Z_|ERR_BUFFER/.test(errnoOf(error) ?? ""))
					return undefined;
				throw error;
			}
		},
		async write(key, ran) {
			mkdirSync(dir, { recursive: true, mode: 0o700 });
			await replaceFile(pathOf(key), gzipSync(JSON.stringify(ran)).toString("base64"));
			keepNewest(dir, resultsMax);
		},
		remove: (key) => rmSync(pathOf(key), { force: true }),
	};
}

/** What failed in it and passed when it was run again can pass. */
export function withPasses(kept: Ran, again: CheckOutcome): Ran {
	if (again.kind === "broken") return kept;
	const passed = new Map(again.tests.filter(({ state }) => state === "passed").map((test) => [test.id, test]));
	const tests = kept.tests.map((test) => (test.state === "failed" ? (passed.get(test.id) ?? test) : test));
	const fails = kept.errors.length > 0 || tests.some(({ state }) => state === "failed");
	return { ...kept, tests, exitCode: fails ? kept.exitCode : 0 };
}

const bytesMax = 256 * 1024 * 1024;

/** Those of the last weeks; one takes some tens of kilobytes. */
const resultsMax = 1_000;

/** The same for trees between which the check cannot tell. */
export async function resultKey(
	git: Git,
	definition: CheckDefinition,
	tree: string,
	environment: Environment,
): Promise<string> {
	const { name: _, slots: __, ...measures } = definition;
	const seen = definition.reads.includes("**") ? tree : await partOf(git, tree, definition.reads);
	return createHash("sha256")
		.update(JSON.stringify([edition, measures, seen, environment]))
		.digest("hex")
		.slice(0, 32);
}

/** What leads elsewhere may lead to what is read, whatever it is called. */
const symlink = "120000";

async function partOf(git: Git, tree: string, globs: readonly string[]): Promise<string> {
	const reads = picomatch([...globs], { dot: true });
	const hash = createHash("sha256");
	const isRead = ({ type, mode, path }: TreeEntry) => type !== "blob" || mode === symlink || reads(path);
	for (const entry of await listTree(git, tree)) {
		const { mode, id, path } = entry;
		if (isRead(entry)) hash.update(`${mode} ${id} ${path}\0`);
	}
	return hash.digest("hex");
}
