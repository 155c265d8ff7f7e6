import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
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
