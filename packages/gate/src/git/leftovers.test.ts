import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniqueName } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { gcTrees } from "../gate/gc-trees.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { passing } from "./leftovers.ts";
import { withTexts } from "./objects.ts";
import { baseOf, openStore } from "./store.ts";

/** The process id is larger than any that the kernel gives. */
const dead = "4194305-1-0-0-1x";

test("what a dead process left in a store goes, what a living one uses stays", async () => {
	const store = await aStore(aRepository().dir);
	const { gitDir } = store.git.place;
	const living = uniqueName();
	mkdirSync(join(store.dir, "answers"));
	for (const owner of [dead, living]) {
		mkdirSync(join(store.dir, `store.git.${owner}`));
		writeFileSync(passing(gitDir, "index", owner), "");
		writeFileSync(`${passing(gitDir, "index", owner)}.lock`, "");
		writeFileSync(passing(gitDir, "excludes", owner), "");
		writeFileSync(join(store.dir, `answers/x.${owner}.tmp`), "");
	}
	const { dir, target, leases } = store;
	await openStore(join(dir, "../.."), target, leases);
	await gcTrees(store, { keep: () => true });
	const names = readdirSync(dir, { recursive: true, encoding: "utf8" });
	expect(names.filter((name) => name.includes(dead))).toEqual([]);
	expect(names.filter((name) => name.includes(living))).toHaveLength(5);
});

test("an index for a moment is gone when the moment is over", async () => {
	const store = await aStore(aRepository().dir);
	await withTexts(store.git, await baseOf(store, "main"), new Map([["a.txt", "a"]]));
	expect(readdirSync(store.git.place.gitDir).filter((name) => name.startsWith("passing"))).toEqual([]);
});
