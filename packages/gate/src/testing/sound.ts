/** What must hold of a factory and its target at any time at which nothing is in the middle, whatever happened before. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { leftovers, sweep } from "@shopfloor/core/io";
import { expect } from "vitest";
import { listTrees } from "../git/trees.ts";
import { audit } from "../landing/audit.ts";
import { journalOf } from "../landing/journal.ts";
import { runGit } from "./a-repository.ts";
import type { OpenSite } from "./open-site.ts";

/** The history, the log and the journal agree; nothing is torn, and nothing left behind. */
export async function expectSound(dir: string, site: OpenSite): Promise<void> {
	const { store, judge } = site;
	expect((await journalOf(site).read()).value).toEqual({ pending: null });
	// It examines the store, too.
	expect((await audit(site, { replay: judge })).faults).toEqual([]);
	const inHistory = landedIn(dir);
	expect(inHistory, "each change once").toEqual([...new Set(inHistory)]);
	expect(await landedInLog(site), "the log and the history").toEqual(inHistory);
	const trees = await listTrees(store);
	expect(trees.filter(({ head }) => head === undefined)).toEqual([]);
	const project = join(dir, "project");
	expect(runGit(project, ["fsck", "--connectivity-only", "--no-dangling", "--no-progress"])).toBe("");
	expect(runGit(project, ["status", "--porcelain"]), "the person's checkout").toBe("");
	expectNothingLeft(dir, site.stateDir);
}

/** The names of the changes on the base, in the order of their names; one that is there twice, twice. */
export function landedIn(dir: string): string[] {
	const format = "--format=%cn%x09%(trailers:key=Branch,valueonly,separator=%x2c)";
	const lines = runGit(join(dir, "project"), ["log", "--no-merges", format, "main"]).split("\n");
	return lines.flatMap((line) => /^Shopfloor\t(.+)$/.exec(line)?.[1] ?? []).sort();
}

async function landedInLog({ log }: OpenSite): Promise<string[]> {
	const names: string[] = [];
	for await (const entry of log.read(1)) if (entry.type === "change_landed") names.push(entry.data.change);
	return names.sort();
}

export function filesOnMain(dir: string): string[] {
	return runGit(join(dir, "project"), ["ls-tree", "-r", "--name-only", "main"]).split("\n");
}

function expectNothingLeft(dir: string, stateDir: string): void {
	sweep(leftovers(stateDir));
	const names = readdirSync(dir, { recursive: true, encoding: "utf8" });
	// The floor's own locks have a name of their own, and are looked at where the floor is tested.
	expect(names.filter((name) => temporary.test(name) && !name.startsWith("state/locks/"))).toEqual([]);
	expect(readdirSync(join(dir, "tmp"))).toEqual([]);
}

const temporary = /\.lock$|\.tmp$|\.open$|passing-index|store\.git\.|\/installations\/[0-9a-f]+\./;
