import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diff } from "../diff/diff.ts";
import { readAddedText } from "../diff/read-added-text.ts";
import { readDiffs } from "../diff/read-diff.ts";
import { writeCommits } from "../diff/write-commits.ts";
import { Git } from "../git/git.ts";
import { type CorpusCase, parseCase, readCorpus } from "./corpus.ts";
import { fileKinds } from "./file-kinds.ts";
import { ratchet } from "./ratchet.ts";
import type { Finding } from "./rule.ts";
import { rules } from "./rules.ts";
import { secretsIn } from "./secrets.ts";

const corpus = readCorpus(fileURLToPath(new URL("../../corpus", import.meta.url)));
/** The others are run, by `corpus-run.test.ts`. */
const byReading = corpus.filter(({ where }) => where === "ratchet");
const cheats = byReading.filter(({ kind }) => kind === "cheat");
const honest = byReading.filter(({ kind }) => kind === "honest");
/** Honest changes that are stopped all the same; at most one of twenty. */
const stopped: readonly string[] = [];

const dir = mkdtempSync(join(tmpdir(), "shopfloor-"));
const git = new Git({ gitDir: dir });
const diffs = new Map<CorpusCase, Diff>();

beforeAll(async () => {
	execFileSync("git", ["init", "-q", "--bare", dir]);
	const changes = await writeCommits(
		git,
		corpus.map(({ before, after }) => ({ before, after: [after] })),
	);
	for (const [index, diff] of (await readDiffs(git, changes)).entries()) {
		const one = corpus[index];
		if (one !== undefined) diffs.set(one, diff);
	}
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function findings(one: CorpusCase): Promise<readonly Finding[]> {
	const diff = diffs.get(one);
	if (diff === undefined) throw new Error("this case has no diff");
	// It takes longer than all rules, and most cheats are about something else.
	const isAboutSecrets = one.kind === "honest" || one.expect.some(({ rule }) => rule === "secrets");
	const secrets = isAboutSecrets ? await secretsIn(await readAddedText(git, diff.base, diff.head)) : [];
	return ratchet(diff, { kinds: fileKinds(), secrets });
}

const brief = ({ rule, severity }: Finding) => `${rule} ${severity}`;
const inFull = ({ rule, severity, path, line, what }: Finding) => `${severity} ${rule} ${path}:${line ?? ""} ${what}`;

describe("a cheat is found:", () => {
	test.each(cheats)("$name", async (cheat) => {
		const wanted = cheat.expect.map(({ rule, severity }) => `${rule} ${severity}`);
		expect(wanted).not.toEqual([]);
		expect((await findings(cheat)).map(brief)).toEqual(expect.arrayContaining(wanted));
	});
});

describe("an honest change is not stopped:", () => {
	test.each(honest.filter(({ name }) => !stopped.includes(name)))("$name", async (change) => {
		const wanted = change.expect.map(({ rule, severity }) => `${rule} ${severity}`);
		const above = (await findings(change)).filter(({ severity }) => severity !== "note");
		// What a person has to see is all that is above a note, and nothing of it blocks.
		expect(above.filter((finding) => !wanted.includes(brief(finding))).map(inFull)).toEqual([]);
		expect(above.map(brief)).toEqual(expect.arrayContaining(wanted.filter((one) => !one.endsWith(" note"))));
	});
});

test("what only a run shows is expected of the cases that are run, and of no other", () => {
	expect(byReading.filter(({ expect }) => expect.some(({ rule }) => rule === "verdict"))).toEqual([]);
	expect(
		corpus.filter(({ kind, where, expect }) => kind === "cheat" && where === "run" && expect.length === 0),
	).toEqual([]);
});

test("the corpus is as large as it must be, and expects rules that exist", () => {
	expect(cheats.length).toBeGreaterThanOrEqual(45);
	expect(honest.length).toBeGreaterThanOrEqual(45);
	expect(stopped.length).toBeLessThanOrEqual(honest.filter(({ expect }) => expect.length === 0).length / 20);
	const known = new Set([...rules.map(({ name }) => name), "secrets", "verdict"]);
	expect(corpus.flatMap(({ expect }) => expect).filter(({ rule }) => !known.has(rule))).toEqual([]);
	expect(honest.flatMap(({ expect }) => expect).filter(({ severity }) => severity === "block")).toEqual([]);
});

test("no two cases are the same change", () => {
	const changes = corpus.map(({ before, after }) => JSON.stringify([before, after]));
	expect(new Set(changes).size).toBe(changes.length);
});

test("every rule has a cheat in the corpus, unless it only tells", () => {
	const caught = new Set(
		corpus.filter(({ kind }) => kind === "cheat").flatMap(({ expect }) => expect.map(({ rule }) => rule)),
	);
	expect(rules.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
});

test("a case tells its files, modes and characters", () => {
	const text = [
		"what: a link\nwhere: ratchet\nexpect: symlinks block\n",
		"-- both/a.ts --\n1;\n-- x --\n",
		"-- after/l (120000) --\n../x\n-- after/b.ts (escaped) --\n\\u202E\n",
	].join("");
	expect(parseCase("link", "cheat", text)).toEqual({
		name: "link",
		kind: "cheat",
		what: "a link",
		where: "ratchet",
		expect: [{ rule: "symlinks", severity: "block" }],
		before: { "a.ts": "1;\n-- x --\n" },
		after: { "a.ts": "1;\n-- x --\n", l: { mode: "120000", text: "../x" }, "b.ts": "\u202E\n" },
	});
});

test.each([
	["what: x\n", "does not say"],
	["what: x\nwhere: ratchet\nexpect: a very\n", "expects the severity"],
])("a case that is not complete is refused: %j", (text, why) => {
	expect(() => parseCase("x", "cheat", text)).toThrow(why);
});
