import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { makeScratch, sweepScratch } from "./scratch.ts";

test("each run has a folder that nobody else can look into, and that goes with it", () => {
	const [one, other] = [makeScratch(), makeScratch()];
	expect(dirname(one.output)).not.toBe(dirname(other.output));
	expect(statSync(dirname(one.output)).mode & 0o077).toBe(0);
	expect(readdirSync(one.report)).toEqual([]);
	one.remove();
	other.remove();
	expect(existsSync(dirname(one.output))).toBe(false);
});

test("what a killed owner left is swept; what is in use is not", () => {
	const used = makeScratch();
	const left = makeScratch();
	// The first process of a boot that is over.
	writeFileSync(join(dirname(left.output), "owner"), "1-1-000000000000-1");
	expect(sweepScratch()).toBeGreaterThanOrEqual(1);
	expect([existsSync(used.home), existsSync(left.home)]).toEqual([true, false]);
	used.remove();
});

test("one that was never given its owner's name is swept after a day", () => {
	const [young, old] = [makeScratch(), makeScratch()];
	for (const { output } of [young, old]) rmSync(join(dirname(output), "owner"));
	const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60_000);
	utimesSync(dirname(old.output), twoDaysAgo, twoDaysAgo);
	sweepScratch();
	expect([existsSync(young.home), existsSync(old.home)]).toEqual([true, false]);
	young.remove();
});

test("what a program closed to everybody goes, too", () => {
	const scratch = makeScratch();
	const closed = join(scratch.temp, "closed");
	mkdirSync(join(closed, "inner"), { recursive: true });
	writeFileSync(join(closed, "inner/file"), "");
	for (const folder of ["inner", ""]) chmodSync(join(closed, folder), 0);
	scratch.remove();
	expect(existsSync(dirname(scratch.output))).toBe(false);
});
