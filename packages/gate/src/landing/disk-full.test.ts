/** The disk on which the factory's state lies is really full, each time at another moment of a cycle. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fillDisk, smallDisk } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aRepository } from "../testing/a-repository.ts";
import { start } from "../testing/crash-stories.ts";
import { cycle } from "../testing/cycle.ts";
import { openSite } from "../testing/open-site.ts";
import { expectSound, filesOnMain, landedIn } from "../testing/sound.ts";

/** Kilobytes that are left: the fewer, the earlier it is over. */
const left = [0, 8, 16, 24, 32, 40, 48, 52, 56, 60, 64, 68, 72, 76, 80];

test("on a full disk nothing is done half, the error says so, and with space it goes on", {
	timeout: 120_000,
}, async (context) => {
	const dir = smallDisk(context, 6_000);
	const project = aRepository();
	symlinkSync(project.dir, join(dir, "project"));
	mkdirSync(join(dir, "tmp"));
	const told = new Set<string>();
	const landed: string[] = [];
	for (const leave of left) {
		const name = `change-${String(leave).padStart(3, "0")}`;
		const free = fillDisk(dir, { leave });
		const program = start(dir, "cycle.mjs", [name]);
		const said = await program.says(/^(done|failed)/);
		await program.ended;
		if (said !== "done") expect(said).toMatch(/^failed disk-full .*disk is full.*free some space/);
		told.add(said.replace(/: the disk is full.*/, ""));
		free();
		const site = await openSite(dir);
		await cycle(site, name);
		landed.push(name);
		expect(landedIn(dir)).toEqual(landed);
		expect(filesOnMain(dir)).toEqual([...landed.map((one) => `${one}.txt`), "readme.md"]);
		await expectSound(dir, site);
		await site.close();
	}
	// It was over at different moments.
	expect(told.size).toBeGreaterThan(4);
});
