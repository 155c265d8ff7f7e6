import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diff } from "../diff/diff.ts";
import { readDiffs } from "../diff/read-diff.ts";
import { writeCommits } from "../diff/write-commits.ts";
import { Git } from "../git/git.ts";
import { fileKinds } from "./file-kinds.ts";
import { ratchet } from "./ratchet.ts";
import type { Example, Finding } from "./rule.ts";
import { rules } from "./rules.ts";

const dir = mkdtempSync(join(tmpdir(), "shopfloor-"));
const git = new Git({ gitDir: dir });
const examples = rules.flatMap(({ examples: { caught, passed } }) => [...caught, ...passed]);
const diffs = new Map<Example, Diff>();

beforeAll(async () => {
	execFileSync("git", ["init", "-q", "--bare", dir]);
	const changes = await writeCommits(
		git,
		examples.map(({ before = {}, after = {} }) => ({ before, after: [after] })),
	);
	for (const [index, diff] of (await readDiffs(git, changes)).entries()) {
		const example = examples[index];
		if (example !== undefined) diffs.set(example, diff);
	}
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function findings(example: Example): readonly Finding[] {
	const diff = diffs.get(example);
	if (diff === undefined) throw new Error("this example has no diff");
	return ratchet(diff, { kinds: fileKinds() });
}

test("every rule has a name of its own, a reason, and examples of either kind", () => {
	expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
	for (const { name, reason, examples } of rules) {
		expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
		expect(reason).toMatch(/^[A-Z].*\.$/);
		expect([name, examples.caught.length > 0, examples.passed.length > 0]).toEqual([name, true, true]);
	}
});

describe.each(rules)("$name", ({ name, examples }) => {
	test.each(examples.caught)("catches: $name", (example) => {
		expect(findings(example).map(({ rule }) => rule)).toContain(name);
	});

	test.each(examples.passed)("passes: $name", (example) => {
		const found = findings(example).filter(({ rule, severity }) => rule === name && severity !== "note");
		expect(found).toEqual([]);
	});
});
