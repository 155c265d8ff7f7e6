import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFloor, processGroupRunner } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { findTarget } from "../git/target.ts";
import { openGate } from "../open-gate.ts";
import { readReceiptText } from "../receipts/receipt.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aChange, aSite } from "../testing/a-site.ts";
import { type AuditSite, audit } from "./audit.ts";
import type { Judge } from "./change.ts";
import { land } from "./land.ts";
import { type Reverted, revert } from "./revert.ts";
import { findLanded } from "./revert-what.ts";
import type { LandingSite } from "./site.ts";
import { watchBase } from "./watch-base.ts";

const project: Files = {
	"package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
	"src/add.js": "export const add = (a, b) => a + b;\n",
	"test/add.test.js": testFile("add", "adds", "add(1, 2) === 3"),
};
const vitest = fileURLToPath(new URL("../../../../node_modules/vitest/vitest.mjs", import.meta.url));
const withVitest: Files = {
	".shopfloor/gate.json": JSON.stringify({
		checks: [{ name: "tests", run: ["node", vitest, "run", "--globals"], reports: "vitest" }],
	}),
	"test/sums.test.js": sums("one", "two"),
};
const twice = {
	"src/twice.js": "export const twice = (a) => a + a;\n",
	"test/twice.test.js": testFile("twice", "doubles", "twice(2) === 4"),
};

describe("a change that came with tests", { timeout: 60_000 }, () => {
	test("is taken back with them: the base is as it was before, and the proof names the tests", async () => {
		const { repository, site, landed, treeOfMain } = await world();
		const before = treeOfMain();
		const commit = await landed("twice", twice);
		const reverted = await revert(site, { commit, reason: "it was slow" });
		expect(reverted).toMatchObject({ kind: "reverted", changes: ["twice"], givenUp: ["doubles"] });
		expect(treeOfMain()).toBe(before);
		const receipt = keyOf(reverted);
		expect(readReceiptText(site.receiptText(receipt) ?? "", receipt)).toMatchObject({
			receipt: { givenUp: ["doubles"] },
		});
		expect(repository.git("log", "-1", "--format=%B", "main")).toMatch(
			/^Revert "Work on twice"\n\nit was slow\n\nReverts: \w{40}\nReceipt: \w{32}\nLog-Head: /,
		);
		expect((await site.log.last(5, { type: ["change_reverted"] })).map(({ data }) => data)).toMatchObject([
			{ change: "twice", reason: "it was slow" },
		]);
		expect(await audit(site, { replay: site.judge })).toMatchObject({ ours: 2, replayed: 2, faults: [] });
		expect(await revert(site, { commit, reason: "again" })).toEqual({ kind: "nothing" });
	});

	test("takes along only its own: a test that another change brought, and that goes too, keeps it in", async () => {
		const { site, landed, treeOfMain } = await world();
		const commit = await landed("twice", twice);
		await landed("more", { "test/more.test.js": testFile("twice", "doubles more", "twice(4) === 8") });
		const before = treeOfMain();
		expect(await revert(site, { commit, reason: "x" })).toEqual({
			kind: "bad",
			reasons: expect.arrayContaining(["tests: the test doubles more is gone"]),
		});
		expect(treeOfMain()).toBe(before);
	});

	test("takes them along under the names that they have by now", async () => {
		const { site, landed, repository } = await world(withVitest);
		const commit = await landed("more", { "test/sums.test.js": sums("one", "two", "three") });
		await landed("moved", { "test/sums.test.js": null, "test/all/sums.test.js": sums("one", "two", "three") });
		expect(await revert(site, { commit, reason: "x" })).toMatchObject({
			kind: "reverted",
			givenUp: ["test/all/sums.test.js > three"],
		});
		expect(repository.git("show", "main:test/all/sums.test.js")).toBe(sums("one", "two").trimEnd());
	});

	test("is taken back out of the middle of a batch, and the whole batch by its merge", async () => {
		const { site, landedTogether, repository, treeOfMain } = await world();
		const before = treeOfMain();
		const thrice = { "test/thrice.test.js": testFile("add", "adds thrice", "add(1, add(1, 1)) === 3") };
		const merge = await landedTogether({ twice, thrice, other: { "other.txt": "x" } });
		const commit = await findLanded(site, "twice");
		expect(await revert(site, { commit: commit ?? "", reason: "x" })).toMatchObject({
			kind: "reverted",
			changes: ["twice"],
			givenUp: ["doubles"],
		});
		expect(repository.git("ls-tree", "-r", "--name-only", "main")).toMatch(/other\.txt.*thrice\.test\.js$/s);
		expect(await revert(site, { commit: merge, reason: "all of it" })).toMatchObject({
			kind: "reverted",
			changes: expect.arrayContaining(["other", "thrice", "twice"]),
			givenUp: expect.arrayContaining(["adds thrice"]),
		});
		expect(treeOfMain()).toBe(before);
		expect((await audit(site, { replay: site.judge })).faults).toEqual([]);
	});

	test("is found by the watch when its test turns bad, and is taken back with it", async () => {
		const { site, fresh, landed, treeOfMain } = await world();
		expect(await watchBase(site, fresh)).toMatchObject({ kind: "first" });
		const before = treeOfMain();
		const dusk = tempDir();
		await landed("twice", {
			...twice,
			"test/late.test.js": testFile("twice", "works by day", `!(await import("node:fs")).existsSync("${dusk}/dark")`),
		});
		writeFileSync(join(dusk, "dark"), "");
		expect(await watchBase(site, fresh)).toMatchObject({
			kind: "culprit",
			change: "twice",
			reverted: { kind: "reverted", givenUp: ["doubles", "works by day"] },
		});
		expect(treeOfMain()).toBe(before);
		expect(await watchBase(site, fresh)).toMatchObject({ kind: "good" });
		expect((await audit(site)).faults).toEqual([]);
	});

	test("says what kept it from finding out which they were", async () => {
		const { site, landed } = await world();
		const commit = await landed("twice", twice);
		const judge: Judge = { ...site.judge, brought: async () => ({ kind: "unknown", why: "tests, before it: no" }) };
		expect(await revert({ ...site, judge }, { commit, reason: "x" })).toEqual({
			kind: "bad",
			reasons: [
				expect.stringMatching(/doubles is gone/),
				"which tests came with it could not be found out: tests, before it: no",
			],
		});
	});
});

describe("a revert", { timeout: 60_000 }, () => {
	test("that is only tried leaves the target, the log and the journal alone", async () => {
		const { repository, site, landed } = await world();
		const commit = await landed("twice", twice);
		const entries = (await site.log.last(100)).length;
		const refs = repository.git("for-each-ref");
		expect(await revert(site, { commit, reason: "x", dryRun: true })).toMatchObject({
			kind: "reverted",
			givenUp: ["doubles"],
		});
		expect(repository.git("for-each-ref")).toBe(refs);
		expect(await site.log.last(100)).toHaveLength(entries);
		expect(await revert(site, { commit, reason: "x" })).toMatchObject({ kind: "reverted" });
	});

	test("that what came later stands on is a conflict, and names the files", async () => {
		const { repository, site, landed } = await world();
		const commit = await landed("plus", { "src/add.js": "export const add = (a, b) => b + a;\n" });
		const tip = repository.commit({ "src/add.js": "export const add = (a, b) => Number(a) + b;\n" });
		expect(await revert(site, { commit, reason: "x" })).toEqual({ kind: "conflict", files: ["src/add.js"] });
		expect(repository.git("rev-parse", "main")).toBe(tip);
	});

	test("is of a person's commit, too, when they say so, with a proof like any", async () => {
		const { repository, site, treeOfMain } = await world();
		const before = treeOfMain();
		const mine = repository.commit(twice, "My own");
		expect(await revert(site, { commit: mine.slice(0, 10), reason: "x" })).toMatchObject({
			kind: "reverted",
			changes: [mine],
			givenUp: ["doubles"],
		});
		expect(treeOfMain()).toBe(before);
		expect(await audit(site, { replay: site.judge })).toMatchObject({ ours: 1, faults: [] });
	});

	test("is of nothing where the commit is not there, not part of the base, or its first", async () => {
		const { repository, site } = await world();
		const first = repository.git("rev-parse", "main");
		const elsewhere = repository.branch("elsewhere", { "x.txt": "x" });
		const why = async (commit: string) => await revert(site, { commit, reason: "x" });
		expect(await why("f".repeat(40))).toEqual({ kind: "void", why: `there is no commit ${"f".repeat(40)}` });
		expect(await why(elsewhere)).toEqual({ kind: "void", why: `${elsewhere.slice(0, 12)} is not part of main` });
		expect(await why(first)).toMatchObject({ kind: "void", why: expect.stringMatching(/is where main begins/) });
		expect(await why("--output=/tmp/x")).toMatchObject({ kind: "void" });
	});

	test("of a base that a person moves meanwhile is judged again on top of it", async () => {
		const repository = aRepository();
		const site = await aSite(repository.dir);
		await land(site, [aChange(repository, "one", { "one.txt": "1" })]);
		const commit = (await findLanded(site, "one")) ?? "";
		let looks = 0;
		const judge: Judge = {
			async judge(tree, base, asked) {
				if (looks++ === 0) repository.commit({ "mine.txt": "mine" });
				return await site.judge.judge(tree, base, asked);
			},
		};
		expect(await revert({ ...site, judge }, { commit, reason: "x" })).toMatchObject({ kind: "reverted" });
		expect(looks).toBe(2);
		expect(repository.git("ls-tree", "-r", "--name-only", "main")).toBe("mine.txt\nreadme.md");
	});
});

test("what landed is found by its branch and by its name in the queue, the latest of several, and nobody else's words", async () => {
	const repository = aRepository();
	const site = await aSite(repository.dir);
	const landed = async (id: string, branch: string, files: Files) => {
		const commit = repository.branch(branch, files);
		const { results } = await land(site, [{ id, branch, commit, created: 0 }]);
		repository.git("branch", "-D", branch);
		return results[0]?.kind === "landed" ? results[0].commit : undefined;
	};
	await landed("c-1", "work", { "a.txt": "1" });
	const second = await landed("c-2", "work", { "a.txt": "2" });
	repository.commit({ "c.txt": "1" }, "Mine\n\nBranch: work");
	const other = await landed("c-3", "work-2", { "b.txt": "1" });
	expect(await findLanded(site, "work")).toBe(second);
	expect(await findLanded(site, "work-2")).toBe(other);
	expect(await findLanded(site, "c-3")).toBe(other);
	expect(await findLanded(site, "wor")).toBeUndefined();
	expect(await findLanded(site, "--all")).toBeUndefined();
});

async function world(files: Files = project) {
	const repository = aRepository(files);
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	const head = { type: "task_queued" as const, by: "test", data: { task: "t", title: "t" } };
	await floor.log.append([head]);
	const target = await findTarget(repository.dir, "/");
	const gate = await openGate({ floor, target, branch: "main", runner: processGroupRunner });
	const site: LandingSite & AuditSite = gate.site("lander");
	return {
		repository,
		site,
		fresh: gate.site("lander", { fresh: true }).judge,
		treeOfMain: () => repository.git("rev-parse", "main^{tree}"),
		async landed(name: string, files: Files): Promise<string> {
			const commit = repository.branch(name, files);
			const { results } = await land(site, [{ id: name, branch: name, commit, created: 0 }]);
			expect(results).toMatchObject([{ kind: "landed" }]);
			return repository.git("rev-parse", "main");
		},
		async landedTogether(changes: Readonly<Record<string, Files>>): Promise<string> {
			const all = Object.entries(changes).map(([name, files], created) => ({
				id: name,
				branch: name,
				commit: repository.branch(name, files),
				created,
			}));
			const { results } = await land(site, all, { batch: all.length });
			expect(results.map(({ kind }) => kind)).toEqual(all.map(() => "landed"));
			return repository.git("rev-parse", "main");
		},
	};
}

function testFile(of: string, name: string, is: string): string {
	return `import assert from "node:assert";\nimport test from "node:test";\nimport { ${of} } from "../src/${of}.js";\ntest("${name}", async () => assert.ok(${is}));\n`;
}

/** For a runner that names the file of a test. */
function sums(...names: string[]): string {
	return names.map((name) => `test("${name}", () => {\n\texpect(1 + 1).toBe(2);\n});\n`).join("\n");
}

function keyOf(reverted: Reverted): string {
	return reverted.kind === "reverted" ? reverted.receipt : "";
}
