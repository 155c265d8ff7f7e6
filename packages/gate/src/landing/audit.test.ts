import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { fetch } from "../git/store.ts";
import { aRepository, runGit, type TestRepository } from "../testing/a-repository.ts";
import { aChange, aSite, type TestSite } from "../testing/a-site.ts";
import { type AuditOptions, audit } from "./audit.ts";
import type { Judge } from "./change.ts";
import { land } from "./land.ts";
import { revert } from "./revert.ts";
import { watchBase } from "./watch-base.ts";

let project: TestRepository;
let site: TestSite;
let stateDir: string;

beforeEach(async () => {
	project = aRepository();
	stateDir = tempDir();
	site = await aSite(project.dir, stateDir);
	const head = { type: "task_queued" as const, by: "test", data: { task: "t", title: "t" } };
	await site.log.append([head]);
});

describe("an audit", () => {
	test("is green for what landed, alone and together, with a person's commits between", async () => {
		await landed("a");
		project.commit({ "mine.txt": "x" });
		await landed("b", "c", "d");
		expect(await audit(site)).toEqual({ looked: 4, ours: 2, replayed: 0, faults: [] });
		expect(await audit(site, { replay: site.judge })).toMatchObject({ replayed: 2, faults: [] });
	});

	test("is green on another machine, which has the history alone", async () => {
		await landed("a", "b");
		const elsewhere = await aSite(project.dir);
		expect(await audit(elsewhere)).toMatchObject({
			ours: 1,
			faults: [expect.objectContaining({ what: expect.stringMatching(/entry 2 of the log|entry 1 of the log/) })],
		});
	});

	test("names a commit in the factory's name without its proof", async () => {
		await landed("a");
		const env = { GIT_COMMITTER_NAME: "Shopfloor", GIT_COMMITTER_EMAIL: "x" };
		project.write({ x: "x" });
		project.git("add", "--all");
		runGit(project.dir, ["commit", "--quiet", "-m", `Sneak in\n\nReceipt: ${"0".repeat(32)}`], env);
		expect(await faults()).toEqual([
			`Sneak in: its receipt ${"0".repeat(32)} is neither here nor on the commit`,
			"Sneak in: the log does not know that it landed",
		]);
	});

	test("names a commit that shows another one's proof", async () => {
		await landed("a");
		const message = project.git("log", "-1", "--format=%B", "main");
		project.write({ x: "x" });
		project.git("add", "--all");
		runGit(project.dir, ["commit", "--quiet", "-m", message], {
			GIT_COMMITTER_NAME: "Shopfloor",
			GIT_COMMITTER_EMAIL: "x",
		});
		expect(await faults()).toEqual([
			expect.stringMatching(/^Work on a: its receipt is for the tree \w+, and it has the tree/),
			"Work on a: the log does not know that it landed",
		]);
	});

	test("names a receipt that was changed", async () => {
		await landed("a");
		const [[key, text] = ["", ""]] = site.judge.receipts;
		const broken = { ...site, receiptText: () => text.replace("linux", "other") };
		project.git("notes", "--ref=shopfloor", "remove", "main");
		await fetch(site.store);
		await site.store.git.answer(["update-ref", "-d", "refs/notes/shopfloor"], { answers: [0, 1, 128] });
		expect((await audit(broken)).faults.map(({ what }) => what)).toEqual([
			`its receipt ${key} is not what was written: it answers another question than its name says`,
		]);
	});

	test("names a commit whose proof is real and of which the log knows nothing", async () => {
		await landed("a");
		const tree = project.git("rev-parse", "main^{tree}");
		const message = project.git("log", "-1", "--format=%B", "main");
		project.git("reset", "--quiet", "--hard", "main~1");
		const env = {
			GIT_COMMITTER_NAME: "Shopfloor",
			GIT_COMMITTER_EMAIL: "x",
			GIT_AUTHOR_NAME: "x",
			GIT_AUTHOR_EMAIL: "x",
		};
		const forged = runGit(project.dir, ["commit-tree", tree, "-p", "main", "-m", message], env);
		project.git("reset", "--quiet", "--hard", forged);
		expect(await faults()).toEqual([
			"Work on a: the log does not know that it landed",
			expect.stringMatching(/^a: it landed at .* and is not part of main any more$/),
		]);
	});

	test("names what landed and is gone", async () => {
		await landed("a");
		await landed("b");
		project.git("reset", "--quiet", "--hard", "HEAD~1");
		expect(await faults()).toEqual([expect.stringMatching(/^b: it landed at .* and is not part of main any more$/)]);
	});

	test("names the commit whose log is not this log", async () => {
		await landed("a");
		const path = join(stateDir, "experiment-log.jsonl");
		writeFileSync(path, readFileSync(path, "utf8").replace('"title":"t"', '"title":"u"'));
		expect(await faults()).toEqual([expect.stringMatching(/entry \d of the log/)]);
	});

	test("with replay names what is bad when it is judged again, and what cannot be judged", async () => {
		await landed("a");
		const bad: Judge = { judge: async () => ({ kind: "bad", reasons: ["a test fails"] }) };
		const unknown: Judge = { judge: async () => ({ kind: "unknown", why: "it did not end" }) };
		expect(await faults({ replay: bad })).toEqual(["Work on a: judged again it is bad: a test fails"]);
		expect(await faults({ replay: unknown })).toEqual(["Work on a: it could not be judged again: it did not end"]);
	});

	test("looks at a range, and says so when there is none of that name", async () => {
		await landed("a");
		await landed("b");
		expect(await audit(site, { range: "main~1..main" })).toMatchObject({ looked: 1, ours: 1 });
		await expect(audit(site, { range: "nowhere..main" })).rejects.toThrow(/no commit, branch or tag "nowhere"/);
		await expect(audit(site, { range: "--output=/tmp/x" })).rejects.toMatchObject({ code: "bad-repository" });
	});
});

describe("a revert", () => {
	test("takes one change of a batch back, with a proof of its own, and keeps the others", async () => {
		await landed("a", "b", "c");
		const commit = project.git("log", "--format=%H", "--grep=Work on b", "main");
		const reverted = await revert(site, { commit, reason: "it was slow" });
		expect(reverted).toMatchObject({ kind: "reverted", warnings: [] });
		expect(files()).toEqual(["a", "c", "readme.md"]);
		expect(await audit(site, { replay: site.judge })).toMatchObject({ ours: 2, faults: [] });
		expect(await revert(site, { commit, reason: "again" })).toEqual({ kind: "nothing" });
		expect((await site.log.last(5, { type: ["change_reverted"] })).map(({ data }) => data)).toMatchObject([
			{ change: "b", reason: "it was slow" },
		]);
	});

	test("that what came later stands on is a conflict, and changes nothing", async () => {
		await landedWith({ "readme.md": "1\n" }, "a");
		const commit = project.git("rev-parse", "main");
		const tip = project.commit({ "readme.md": "2\n" });
		expect(await revert(site, { commit, reason: "x" })).toEqual({
			kind: "conflict",
			files: ["readme.md"],
		});
		expect(project.git("rev-parse", "main")).toBe(tip);
	});

	test("that makes the base worse does not land", async () => {
		await landedWith({ good: "x" }, "a");
		const commit = project.git("rev-parse", "main");
		const judge: Judge = { judge: async () => ({ kind: "bad", reasons: ["worse"] }) };
		const strict = { ...site, judge: { ...site.judge, ...judge } };
		expect(await revert(strict, { commit, reason: "x" })).toEqual({ kind: "bad", reasons: ["worse"] });
		expect(project.git("rev-parse", "main")).toBe(commit);
	});
});

describe("the watch over the base", () => {
	/** Files named `late…` are bad only for whoever looks later. */
	const namesIn = async (tree: string) =>
		(await site.store.git.text(["ls-tree", "-r", "--name-only", tree])).split("\n");
	const later = (): Judge => ({
		judge: async (tree, base) => {
			const [names, before] = [await namesIn(tree), await namesIn(base.tree)];
			const reasons = names.filter((name) => name.startsWith("late") && !before.includes(name));
			return reasons.length > 0 ? { kind: "bad", reasons } : { kind: "good", receipt: "x" };
		},
	});

	test("finds the one change among many that made it worse, and takes it back", async () => {
		expect(await watchBase(site, later())).toMatchObject({ kind: "first" });
		await landed("a", "b");
		await landed("c", "late", "d");
		await landed("e");
		expect(await watchBase(site, later())).toMatchObject({
			kind: "culprit",
			change: "late",
			reasons: ["late"],
			reverted: { kind: "reverted" },
		});
		expect(files()).toEqual(["a", "b", "c", "d", "e", "readme.md"]);
		expect(await watchBase(site, later())).toMatchObject({ kind: "good" });
		expect(await audit(site, { replay: site.judge })).toMatchObject({ ours: 4, faults: [] });
	});

	test("compares with what the first landing stood on when nobody has looked before", async () => {
		await landed("late");
		await landed("a");
		expect(await watchBase(site, later())).toMatchObject({ kind: "culprit", change: "late" });
		expect(files()).toEqual(["a", "readme.md"]);
	});

	test("tells what a person made worse once, does not touch it, and still finds what lands after it", async () => {
		await watchBase(site, later());
		await landed("a");
		const mine = project.commit({ late: "x" }, "My own");
		await landed("b");
		const tip = project.git("rev-parse", "main");
		expect(await watchBase(site, later())).toMatchObject({ kind: "foreign", commit: mine, subject: "My own" });
		expect(project.git("rev-parse", "main")).toBe(tip);
		expect(await watchBase(site, later())).toMatchObject({ kind: "good" });
		await landed("later");
		expect(await watchBase(site, later())).toMatchObject({ kind: "culprit", change: "later" });
	});

	test("starts anew where the history was written anew", async () => {
		await landed("a");
		await watchBase(site, later());
		await landed("b");
		await watchBase(site, later());
		project.git("reset", "--quiet", "--hard", "HEAD~1");
		project.commit({ other: "x" });
		expect(await watchBase(site, later())).toMatchObject({ kind: "first" });
	});

	test("decides nothing where nothing can be found out", async () => {
		await watchBase(site, later());
		await landed("late");
		const tip = project.git("rev-parse", "main");
		const unknown: Judge = { judge: async () => ({ kind: "unknown", why: "no" }) };
		expect(await watchBase(site, unknown)).toEqual({ kind: "unknown", why: "no" });
		expect(project.git("rev-parse", "main")).toBe(tip);
	});
});

async function landed(...names: string[]): Promise<void> {
	const changes = names.map((name) => aChange(project, name, { [name]: name.repeat(9) }));
	const { results } = await land(site, changes, { batch: 16 });
	expect(results.map(({ kind }) => kind)).toEqual(names.map(() => "landed"));
}

async function landedWith(content: Record<string, string>, name: string): Promise<void> {
	expect(await land(site, [aChange(project, name, content)])).toMatchObject({ results: [{ kind: "landed" }] });
}

async function faults(options: AuditOptions = {}): Promise<string[]> {
	return (await audit(site, options)).faults.map(({ subject, what }) => `${subject}: ${what}`);
}

function files(): string[] {
	return project.git("ls-tree", "-r", "--name-only", "main").split("\n");
}
