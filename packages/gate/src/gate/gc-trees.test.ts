import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startProgram } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { commitOf } from "../git/objects.ts";
import { baseOf, examineStore, fetch, type Store } from "../git/store.ts";
import { listTrees, prepareTree } from "../git/trees.ts";
import { aRepository } from "../testing/a-repository.ts";
import { openSite } from "../testing/open-site.ts";
import { gcTrees, treeLease } from "./gc-trees.ts";

const dayMs = 24 * 60 * 60_000;

describe("where somebody checks a tree", { timeout: 60_000 }, () => {
	test("the store is packed, and nothing that is in use or has just been made goes", async () => {
		const { dir, store } = await aSite();
		const [oldest = "", ...others] = installations(store, 8);
		const check = startProgram(new URL("hold-bay.mjs", fixtures).href, [dir, oldest]);
		await check.says(/^made/);
		const before = made(check);
		const swept = await gcTrees(store, { keep: () => false });
		expect(swept).toMatchObject({ busy: ["bay-1"], removed: [], packed: true, pruned: false });
		// The oldest of all is in the bay.
		expect([...swept.installations].sort()).toEqual(others.slice(0, 2).map(keyOf));
		expect(before.filter((commit) => existsSync(looseObject(store, commit)))).toEqual([]);
		expect(await gcTrees(store, { keep: () => true }), "kept").toMatchObject({ busy: ["bay-1"], pruned: false });
		for (let round = 0; round < 3; round++) await gcTrees(store, { keep: () => false });
		expect(made(check).length).toBeGreaterThan(before.length);
		check.finish();
		expect(await check.ended).toMatchObject({ code: 0 });
		for (const commit of made(check)) expect(await commitOf(store.git, commit), commit).toBe(commit);
		expect(packs(store).length).toBeLessThan(8);
		await examineStore(store);
	});

	test("what nothing has pointed to for two weeks goes when nobody is at work any more", async () => {
		const { dir, store } = await aSite();
		const check = startProgram(new URL("hold-bay.mjs", fixtures).href, [dir, installations(store, 1)[0] ?? ""]);
		await check.says(/^made/);
		check.finish();
		await check.ended;
		const [commit = ""] = made(check);
		age(looseObject(store, commit), 15);
		const swept = await gcTrees(store, { keep: () => false });
		expect(swept).toMatchObject({ busy: [], removed: [{ name: "bay-1" }], packed: true, pruned: true });
		expect(await listTrees(store)).toEqual([]);
		expect(await commitOf(store.git, commit)).toBeUndefined();
		for (const younger of made(check).slice(1)) expect(await commitOf(store.git, younger)).toBe(younger);
	});

	test("a session is at work as long as it lives", async () => {
		const { store } = await aSite();
		await prepareTree(store, "ralph-1", { commit: await baseOf(store, "main") });
		const lease = await store.leases.hold(treeLease(store, "ralph-1"), { slots: 1, ttlMs: 60_000 });
		expect(await gcTrees(store, { keep: () => true })).toMatchObject({ busy: ["ralph-1"], pruned: false });
		const [slot] = await store.leases.held(lease.name);
		if (slot === undefined) throw new Error("it is held");
		const held = async () => [{ ...slot, holder: dead }];
		const swept = await gcTrees({ ...store, leases: { ...store.leases, held } }, { keep: () => true });
		expect(swept).toMatchObject({ kept: ["ralph-1"], pruned: true });
		await lease.release();
	});
});

test("of two that pack at once one is enough", async () => {
	const { store } = await aSite();
	const lease = await store.leases.hold("pack-project", { slots: 1, ttlMs: 60_000 });
	expect(await gcTrees(store, { keep: () => false })).toMatchObject({ packed: false, pruned: false });
	await lease.release();
});

test("packs that a killed git was writing are in nobody's way, and go; one that is being fetched stays", async () => {
	const { store } = await aSite();
	const folder = join(store.git.place.gitDir, "objects/pack");
	mkdirSync(folder, { recursive: true });
	for (const name of ["tmp_pack_old", "tmp_pack_fetched", ".tmp-7-pack-z.pack"]) writeFileSync(join(folder, name), "");
	age(join(folder, "tmp_pack_old"), 2);
	expect(await gcTrees(store, { keep: () => true })).toMatchObject({ packed: true, pruned: true });
	expect(readdirSync(folder).filter((name) => name.includes("tmp"))).toEqual(["tmp_pack_fetched"]);
});

const fixtures = new URL("../../fixtures/", import.meta.url);

async function aSite(): Promise<{ dir: string; store: Store }> {
	const dir = dirname(aRepository().dir);
	const site = await openSite(dir);
	onTestFinished(() => site.close());
	await fetch(site.store);
	return { dir, store: site.store };
}

/** As they lie there once they are made, the one that was used longest ago first, ten days ago. */
function installations({ dir }: Store, count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const place = join(dir, "installations", `${index}`.padStart(24, "0"));
		mkdirSync(join(place, "node_modules"), { recursive: true });
		age(place, 10 - index);
		return place;
	});
}

function age(path: string, days: number): void {
	const at = new Date(Date.now() - days * dayMs);
	utimesSync(path, at, at);
}

function keyOf(installation: string): string {
	return installation.slice(-24);
}

function made({ said }: { readonly said: readonly string[] }): string[] {
	return said.flatMap((line) => /^made (.+)$/.exec(line)?.[1] ?? []);
}

function packs({ git }: Store): string[] {
	return readdirSync(join(git.place.gitDir, "objects/pack")).filter((name) => name.endsWith(".pack"));
}

function looseObject({ git }: Store, id: string): string {
	return join(git.place.gitDir, "objects", id.slice(0, 2), id.slice(2));
}

/** The process id is larger than any that the kernel gives. */
const dead = "4194305-1-0-0-1x";
