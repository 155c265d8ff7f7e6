/**
 * The history of one check's tests, as a file of the cache. Nothing depends on it but the order of things, how often a
 * failing test is looked at, and a quarantine: one that cannot be read is begun anew, and of two that write at once one
 * is forgotten.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceFile } from "@shopfloor/core/io";
import { z } from "zod";
import { flakesMax, type History, lettersMax, noHistory, testsMax } from "./test-history.ts";

export interface HistoryFile {
	read(): History;
	write(history: History): Promise<void>;
}

export function historyFile(cacheDir: string, check: string): HistoryFile {
	const path = join(cacheDir, "tests", `${check}.json`);
	return {
		read() {
			try {
				return new Map(Stored.parse(JSON.parse(readFileSync(path, "utf8"))).tests);
			} catch {
				// Not there yet, cut short, or of another version.
				return noHistory;
			}
		},
		async write(history) {
			mkdirSync(dirname(path), { recursive: true });
			await replaceFile(path, JSON.stringify({ version, tests: [...history] }));
		},
	};
}

/** An older one counts a change's failures as the base's. */
const version = 2;

const Stored = z.object({
	version: z.literal(version),
	tests: z
		.array(
			z.tuple([
				z.string(),
				z.object({
					base: z.string().max(lettersMax),
					head: z.string().max(lettersMax),
					ms: z.number(),
					flakes: z.array(z.object({ tree: z.string(), ms: z.number() })).max(flakesMax),
				}),
			]),
		)
		.max(testsMax),
});
