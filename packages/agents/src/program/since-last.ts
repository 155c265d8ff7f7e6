/**
 * Programs count over a whole conversation; a call is charged what was added. How far a conversation was is noted beside
 * it. What a killed run used is missing from the next count, because programs note it only at their end.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { errnoOf, replaceFile } from "@shopfloor/core/io";
import { z } from "zod";

const Counts = z.record(z.string(), z.number().min(0));
export type Counts = Readonly<Record<string, number>>;

/** The counts of this call alone. `cumulative` is whether the program counts over the conversation at all. */
export async function sinceLast(
	dir: string,
	conversation: string,
	counts: Counts,
	cumulative: boolean,
): Promise<Counts> {
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	const since = cumulative ? addedSince(dir, conversation, counts) : counts;
	await replaceFile(noteOf(dir, conversation), JSON.stringify(counts));
	forgetOldest(dir);
	return since;
}

/** The same while the call is under way: nothing is noted. */
export function addedSince(dir: string, conversation: string, counts: Counts): Counts {
	const before = noted(noteOf(dir, conversation));
	return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, added(count, before[name] ?? 0)]));
}

function noteOf(dir: string, conversation: string): string {
	return join(dir, `${conversation.replace(/[^\w-]/g, "_")}.json`);
}

/** More than one session goes on with; of an older one the whole count is charged. */
const notedMax = 500;

/** A count that shrank began anew. */
function added(count: number, before: number): number {
	return count >= before ? count - before : count;
}

function noted(path: string): Counts {
	try {
		return Counts.safeParse(JSON.parse(readFileSync(path, "utf8"))).data ?? {};
	} catch (error) {
		// Not there, or not readable: the whole is charged, which is never too little.
		if (errnoOf(error) === "ENOENT" || error instanceof SyntaxError) return {};
		throw error;
	}
}

function forgetOldest(dir: string): void {
	const names = readdirSync(dir);
	if (names.length <= notedMax) return;
	const byAge = names
		.map((name) => ({ path: join(dir, name), at: statSync(join(dir, name)).mtimeMs }))
		.sort((a, b) => b.at - a.at);
	for (const { path } of byAge.slice(notedMax)) rmSync(path, { force: true });
}
