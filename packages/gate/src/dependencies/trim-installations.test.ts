import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniqueName } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { makePlaces } from "./lay-in.ts";
import { trimInstallations } from "./trim-installations.ts";

test("the five that were used last stay, and of the others those of the last day", async () => {
	const { dir, leases } = await aStore(aRepository().dir);
	for (const [index, days] of [0.1, 0.2, 0.3, 0.4, 0.5, 0.9, 1.1, 8].entries()) aged(dir, index, days);
	expect(await trimInstallations({ dir, leases })).toEqual([key(6), key(7)]);
	expect(left(dir)).toEqual([0, 1, 2, 3, 4, 5].map(key));
});

test("one that a tree was given last stays for as long as the tree is there", async () => {
	const { dir, leases } = await aStore(aRepository().dir);
	const all = Array.from({ length: 8 }, (_, index) => aged(dir, index, 2 + index));
	const give = (name: string, index: number) => {
		const installation = all[index];
		const tree = join(dir, "trees", name);
		mkdirSync(tree, { recursive: true });
		if (installation !== undefined) makePlaces(tree, installation);
	};
	give("bay-1", 6);
	give("bay-1", 7);
	give("ralph-1", 6);
	expect(await trimInstallations({ dir, leases })).toEqual([key(5)]);
	rmSync(join(dir, "trees/bay-1"), { recursive: true });
	expect(await trimInstallations({ dir, leases })).toEqual([key(7)]);
	expect(readdirSync(join(dir, "installations/given"))).toEqual(["ralph-1"]);
});

test("one that somebody makes stays, and one that was found ready in the last moment goes back", async () => {
	const { dir, leases } = await aStore(aRepository().dir);
	for (let index = 0; index < 7; index++) aged(dir, index, 2 + index);
	const lease = await leases.hold(`install-${key(5)}`, { slots: 1, ttlMs: 60_000 });
	const tryHold: typeof leases.tryHold = async (name, options) => {
		const held = await leases.tryHold(name, options);
		const now = new Date();
		utimesSync(join(dir, "installations", name.slice("install-".length)), now, now);
		return held;
	};
	expect(await trimInstallations({ dir, leases: { ...leases, tryHold } })).toEqual([]);
	expect(left(dir)).toHaveLength(7);
	await lease.release();
});

test("what somebody who was killed was taking away is gone the next time", async () => {
	const { dir, leases } = await aStore(aRepository().dir);
	const dead = "4194305-1-0-0-1x";
	for (const owner of [dead, uniqueName()])
		mkdirSync(join(dir, "installations", `${key(1)}.${owner}`), { recursive: true });
	await trimInstallations({ dir, leases });
	expect(left(dir)).toEqual([expect.not.stringContaining(dead)]);
	expect(await trimInstallations({ dir: tempDir(), leases })).toEqual([]);
});

function aged(dir: string, index: number, days: number) {
	const place = join(dir, "installations", key(index));
	mkdirSync(join(place, "node_modules"), { recursive: true });
	writeFileSync(join(place, "installation.json"), '{"folders":["node_modules"],"linked":false}');
	const at = new Date(Date.now() - days * 24 * 60 * 60_000);
	utimesSync(place, at, at);
	return { key: key(index), dir: place, folders: ["node_modules"], linked: false };
}

function key(index: number): string {
	return `${index}`.padStart(24, "0");
}

function left(dir: string): string[] {
	return readdirSync(join(dir, "installations")).filter((name) => name !== "given");
}
