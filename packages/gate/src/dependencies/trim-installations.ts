/** Takes away installations that nobody needs any more; trees in use do not keep the others. */
import { existsSync, readdirSync, renameSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { errnoOf, uniqueName } from "@shopfloor/core/io";
import type { Store } from "../git/store.ts";
import { givenTo } from "./given.ts";
import { sweepHalfMade } from "./install.ts";

/** Returns the keys of those that went. */
export async function trimInstallations({ dir, leases }: Pick<Store, "dir" | "leases">): Promise<string[]> {
	const cacheDir = join(dir, "installations");
	if (!existsSync(cacheDir)) return [];
	sweepHalfMade(cacheDir);
	const gone: string[] = [];
	for (const { key, usedAt } of old(cacheDir, givenTo(join(dir, "trees"), cacheDir))) {
		// Whoever makes it, or waits for it to be made.
		const lease = await leases.tryHold(`install-${key}`, { slots: 1, ttlMs: 60_000 });
		if (lease === undefined) continue;
		try {
			const aside = takeAside(join(cacheDir, key), usedAt);
			if (aside === undefined) continue;
			await rm(aside, { recursive: true, force: true, maxRetries: 3 });
			gone.push(key);
		} finally {
			await lease.release();
		}
	}
	return gone;
}

interface Used {
	readonly key: string;
	/** Milliseconds since 1970. */
	readonly usedAt: number;
}

function old(cacheDir: string, given: ReadonlySet<string>): Used[] {
	return readdirSync(cacheDir)
		.filter((name) => /^[0-9a-f]{24}$/.test(name))
		.flatMap((key): Used[] => {
			const stat = statSync(join(cacheDir, key), { throwIfNoEntry: false });
			return stat === undefined ? [] : [{ key, usedAt: stat.mtimeMs }];
		})
		.sort((one, other) => other.usedAt - one.usedAt)
		.slice(keptMax)
		.filter(({ key, usedAt }) => !given.has(key) && Date.now() - usedAt > usedLatelyMs);
}

/**
 * Whoever finds it ready takes no lease, and says so by its time: one that was used since it was looked at goes back.
 * Under its other name it is half made, and swept if this process dies here.
 */
function takeAside(path: string, usedAt: number): string | undefined {
	const aside = `${path}.${uniqueName()}`;
	try {
		renameSync(path, aside);
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
	if (statSync(aside).mtimeMs === usedAt) return aside;
	renameSync(aside, path);
	return undefined;
}

/** Those of the lockfiles of late; a large one has half a gigabyte. */
const keptMax = 5;
/** A process may have found it ready and wait for a bay to use it in. */
const usedLatelyMs = 24 * 60 * 60_000;
