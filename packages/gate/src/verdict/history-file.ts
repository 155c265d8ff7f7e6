/**
 * The history of one check's tests, as a file of the cache. Nothing depends on it but the order of things and a
 * quarantine: one that cannot be read is begun anew, and of two that write at once one is forgotten.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceFile } from "@shopfloor/core/io";
import { z } from "zod";
import { flakesMax, type History, noHistory, recentMax, testsMax } from "./test-history.ts";

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
			await replaceFile(path, JSON.stringify({ version: 1, tests: [...history] }));
		},
	};
}

const Stored = z.object({
	version: z.literal(1),
	tests: z
		.array(
			z.tuple([
				z.string(),
				z.object({
					recent: z.string().max(recentMax),
					ms: z.number(),
					flakesMs: z.array(z.number()).max(flakesMax),
				}),
			]),
		)
		.max(testsMax),
});
