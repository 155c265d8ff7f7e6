import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ShopfloorError } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { readTrailers } from "../git/trailers.ts";
import { receiptKey } from "../receipts/receipt.ts";
import { aRepository, runGit, type TestRepository } from "../testing/a-repository.ts";
import { aChange, aSite, type TestSite } from "../testing/a-site.ts";
import { receiptFor } from "../testing/file-judge.ts";
import type { Judge, LandingChange } from "./change.ts";
import { journalOf } from "./journal.ts";
import { land } from "./land.ts";
import type { LandOptions, LandReport } from "./report.ts";

describe("what lands", () => {
	test("one change is one commit on top of the base, with the proof of its tree", async () => {
		const { project, site } = await aProject();
		const base = head(project);
		const { results } = await land(site, [
			{ ...aChange(project, "one", { "one.txt": "1" }), session: "ralph-1", cycle: 3, usd: 0.5 },
		]);
		expect(results).toMatchObject([{ kind: "landed", commit: head(project), landing: head(project) }]);
		expect(parents(project)).toEqual([base]);
		const tree = project.git("rev-parse", "main^{tree}");
		expect(readTrailers(project.git("log", "-1", "--format=%B", "main"))).toEqual({
			Branch: "one",
			Session: "ralph-1",
			Cycle: "3",
			"Cost-USD": "0.50",
			Receipt: receiptKey(receiptFor(tree, project.git("rev-parse", `${base}^{tree}`))),
		});
		expect(JSON.parse(project.git("notes", "--ref=shopfloor", "show", "main"))).toMatchObject({ tree });
	});

	test("several are judged once, and the first-parent line shows only the tree that was judged", async () => {
		const { project, site } = await aProject();
		const base = head(project);
		const changes = ["a", "b", "c", "d"].map((name) => aChange(project, name, { [`${name}.txt`]: name }));
		const { results, judgements } = await land(site, changes, { batch: 8 });
		expect(results.map(({ kind }) => kind)).toEqual(["landed", "landed", "landed", "landed"]);
		expect(judgements).toBe(1);
		expect(project.git("rev-list", "--count", "--first-parent", `${base}..main`)).toBe("1");
		expect(project.git("log", "--format=%s", "--no-merges", `${base}..main`).split("\n").sort()).toEqual(
			["a", "b", "c", "d"].map((name) => `Work on ${name}`),
		);
		expect(site.judge.judged.at(-1)).toEqual(["a.txt", "b.txt", "c.txt", "d.txt", "readme.md"]);
	});

	test("of several commits all words stay, the last one's first", async () => {
		const { project, site } = await aProject();
		project.git("checkout", "--quiet", "-b", "two");
		project.commit({ "x.txt": "x" }, "Begin it\n\nFor a reason.");
		const commit = project.commit({ "y.txt": "y" }, "End it\n\nAt last.");
		project.git("checkout", "--quiet", "main");
		await land(site, [{ id: "two", branch: "two", commit, created: 0 }]);
		expect(project.git("log", "-1", "--format=%B", "main")).toMatch(
			/^End it\n\nAt last\.\n\n\* Begin it\n\n {2}For a reason\.\n\nBranch: two\n/,
		);
	});

	test("nothing is checked while the base is checked out with something uncommitted; a rehearsal is", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { "one.txt": "1" });
		const beside = join(tempDir(), "beside");
		project.git("checkout", "--quiet", "--detach");
		project.git("worktree", "add", "--quiet", beside, "main");
		writeFileSync(join(beside, "readme.md"), "mine\n");
		expect((await land(site, [change], { dryRun: true })).results).toMatchObject([{ kind: "landed" }]);
		const asked = site.judge.judged.length;
		expect((await land(site, [change])).results).toEqual([
			{
				kind: "waiting",
				change,
				why: expect.stringMatching(/^main is checked out in \S*beside, where something is not committed/),
			},
		]);
		expect(site.judge.judged).toHaveLength(asked);
		runGit(beside, ["checkout", "--quiet", "readme.md"]);
		expect((await land(site, [change])).results).toMatchObject([{ kind: "landed" }]);
		expect(runGit(beside, ["status", "--porcelain"])).toBe("");
	});

	test("words of a commit that only the factory says are taken out", async () => {
		const { project, site } = await aProject();
		project.git("checkout", "--quiet", "-b", "liar");
		const commit = project.commit(
			{ "x.txt": "x" },
			"Fix it\n\nReceipt: forged\nReviewed-by: the boss\nCo-authored-by: me",
		);
		project.git("checkout", "--quiet", "main");
		await land(site, [{ id: "liar", branch: "liar", commit, created: 0 }]);
		const message = project.git("log", "-1", "--format=%B", "main");
		expect(message).not.toMatch(/forged|boss/);
		expect(message).toMatch(/Co-authored-by: me/);
	});

	test("a session's change is the factory's whatever its commit says; a person's stays that person's, at the factory's time", async () => {
		const { project, site } = await aProject();
		for (const [name, session] of [
			["forged", "ralph-1"],
			["mine", undefined],
		] as const) {
			project.git("checkout", "--quiet", "-b", name, "main");
			project.write({ [name]: name });
			project.git("add", "--all");
			runGit(project.dir, ["commit", "--quiet", "--author=Ana <a@x>", "--date=1999-01-01T00:00:00Z", "-m", name]);
			project.git("checkout", "--quiet", "main");
			const change = { id: name, branch: name, commit: head(project, name), created: 0, session };
			expect(await land(site, [change])).toMatchObject({ results: [{ kind: "landed" }] });
			const author = session === undefined ? "Ana a@x" : "Shopfloor shopfloor@localhost";
			expect(project.git("log", "-1", "--format=%an %ae by %cn", "main")).toBe(`${author} by Shopfloor`);
			expect(Number(project.git("log", "-1", "--format=%at", "main"))).toBeGreaterThan(1_600_000_000);
		}
	});

	test("the log has one entry for each change, with commit, tree and receipt", async () => {
		const { project, site } = await aProject();
		await land(site, [aChange(project, "a", { a: "a" }), aChange(project, "b", { b: "b" })], { batch: 2 });
		const entries = await site.log.last(10, { type: ["change_landed"] });
		expect(entries.map(({ data }) => (data as { change: string }).change)).toEqual(["a", "b"]);
	});
});

describe("a bad change", () => {
	test("leaves, and all others land", async () => {
		const { project, site } = await aProject();
		const names = ["a", "b", "bad-c", "d", "e", "f"];
		const report = await land(
			site,
			names.map((name) => aChange(project, name, { [name]: "x" })),
			{ batch: 8 },
		);
		expect(summary(report)).toEqual({
			a: "landed",
			b: "landed",
			"bad-c": "rejected",
			d: "landed",
			e: "landed",
			f: "landed",
		});
		expect(files(project)).toEqual(["a", "b", "d", "e", "f", "readme.md"]);
	});

	test("that is good alone and bad only with another is told as such, with the other's name", async () => {
		const { project, site } = await aProject();
		const report = await land(
			site,
			["a", "b", "c", "needs-not-b"].map((name) => aChange(project, name, { [name]: "x" })),
			{ batch: 8 },
		);
		expect(summary(report)).toEqual({ a: "landed", b: "landed", c: "landed", "needs-not-b": "rejected" });
		expect(report.results.find(({ kind }) => kind === "rejected")).toMatchObject({ togetherWith: "b" });
	});

	test("that is bad by itself is blamed on nobody else", async () => {
		const { project, site } = await aProject();
		const report = await land(
			site,
			["a", "bad-b"].map((name) => aChange(project, name, { [name]: "x" })),
			{ batch: 8 },
		);
		expect(report.results.find(({ kind }) => kind === "rejected")).not.toHaveProperty("togetherWith");
	});

	test("that decides how the others are measured is judged by itself", async () => {
		const { project, site } = await aProject();
		const changes = ["a", "b", "stick", "c", "d"].map((name, at) => aChange(project, name, { [name]: "x" }, at));
		const judge: Judge = {
			judge: (tree, base) => site.judge.judge(tree, base),
			measuresBy: async () => (path) => path === "stick",
		};
		const batches: string[] = [];
		await land({ ...site, judge }, changes, {
			tell: (progress) => progress.kind === "batch" && batches.push(progress.changes.join()),
		});
		expect(batches).toEqual(["a,b", "stick", "c,d"]);
	});

	test("that is made of what cannot be judged waits, and hinders no other", async () => {
		const { project, site } = await aProject();
		const changes = ["a", "huge", "c"].map((name, at) => aChange(project, name, { [name]: "x" }, at));
		const judge: Judge = {
			async judge(tree, base) {
				if ((await site.store.git.text(["ls-tree", "--name-only", tree])).includes("huge"))
					throw new ShopfloorError("too-large", "the change is too large");
				return await site.judge.judge(tree, base);
			},
		};
		const report = await land({ ...site, judge }, changes);
		expect(summary(report)).toEqual({ a: "landed", huge: "waiting", c: "landed" });
		expect(report.results.find(({ kind }) => kind === "waiting")).toMatchObject({ why: "the change is too large" });
		const broken: Judge = { judge: async () => await Promise.reject(new ShopfloorError("disk-full", "no room")) };
		await expect(land({ ...site, judge: broken }, [aChange(project, "e", { e: "x" })])).rejects.toThrow("no room");
	});

	test.each([1, 2, 8])("of which nothing can be found out waits alone, in batches of %i", async (batch) => {
		const { project, site } = await aProject();
		const names = ["a", "b", "unknown", "bad", "d"];
		const report = await land(
			site,
			names.map((name) => aChange(project, name, { [name]: "x" })),
			{ batch },
		);
		expect(summary(report)).toEqual({ a: "landed", b: "landed", bad: "rejected", d: "landed", unknown: "waiting" });
	});

	test("waits with all others where the base cannot be measured, which is asked once", async () => {
		const { project, site } = await aProject();
		let asked = 0;
		const judge: Judge = {
			async judge() {
				asked++;
				return { kind: "unknown", why: "no such program", side: "base" };
			},
		};
		const changes = ["a", "b", "c"].map((name) => aChange(project, name, { [name]: "x" }));
		expect(summary(await land({ ...site, judge }, changes))).toEqual({ a: "waiting", b: "waiting", c: "waiting" });
		expect(asked).toBe(1);
	});
});

describe("a change that does not merge", () => {
	test("with the base is returned with the files, and the base is untouched", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { "readme.md": "mine\n" });
		project.commit({ "readme.md": "theirs\n" });
		const base = head(project);
		const { results } = await land(site, [change]);
		expect(results).toMatchObject([{ kind: "conflict", files: ["readme.md"] }]);
		expect(head(project)).toBe(base);
	});

	test("with another: the first lands, the second is returned", async () => {
		const { project, site } = await aProject();
		const changes = [
			aChange(project, "one", { "readme.md": "1\n" }, 1),
			aChange(project, "two", { "readme.md": "2\n" }, 2),
		];
		expect(summary(await land(site, changes, { batch: 8 }))).toEqual({ one: "landed", two: "conflict" });
	});

	test("with one that was turned away lands in its place", async () => {
		const { project, site } = await aProject();
		const changes = [
			aChange(project, "one", { "readme.md": "1\n", bad: "x" }, 1),
			aChange(project, "two", { "readme.md": "2\n" }, 2),
		];
		expect(summary(await land(site, changes, { batch: 8 }))).toEqual({ one: "rejected", two: "landed" });
	});
});

describe("an approval is of one commit", () => {
	test("the next batch is made ready while one is judged, as it then lands", async () => {
		const { project, site } = await aProject();
		const changes = ["a", "b", "c"].map((name, created) => aChange(project, name, { [`${name}.txt`]: name }, created));
		let isReady = (_tree: string) => {};
		const ready = new Promise<string>((go) => {
			isReady = go;
		});
		const judged: string[] = [];
		const judge: Judge = {
			async judge(tree, base) {
				judged.push(tree);
				// Without an end if nothing is done meanwhile.
				await ready;
				return await site.judge.judge(tree, base);
			},
			prepare: async (tree) => isReady(tree),
		};
		const { results } = await land({ ...site, judge }, changes, { batch: 1 });
		expect(results.map(({ kind, change }) => `${change.id} ${kind}`)).toEqual(["a landed", "b landed", "c landed"]);
		expect(await ready).toBe(judged[1]);
		expect(project.git("rev-list", "--first-parent", "--format=%T", "--no-commit-header", "main").split("\n")).toEqual(
			expect.arrayContaining(judged),
		);
	});

	test("what was made ready on top of a batch is thrown away when that does not land, and when it cannot be done", async () => {
		const { project, site } = await aProject();
		const bad = aChange(project, "bad", { bad: "bad" }, 0);
		const good = ["c", "d"].map((name, at) => aChange(project, name, { [`${name}.txt`]: name }, at + 1));
		const judge: Judge = {
			judge: (tree, base) => site.judge.judge(tree, base),
			async prepare() {
				throw new Error("no room");
			},
		};
		const report = await land({ ...site, judge }, [bad, ...good], { batch: 1 });
		expect(summary(report)).toEqual({ bad: "rejected", c: "landed", d: "landed" });
		const withBad = site.judge.judged.map((files) => files.includes("bad"));
		expect(withBad.lastIndexOf(true)).toBeLessThan(withBad.indexOf(false));
	});

	test("a branch that went on, went away, or is on no common history is void", async () => {
		const { project, site } = await aProject();
		const moved = aChange(project, "moved", { a: "a" });
		project.git("checkout", "--quiet", "moved");
		project.commit({ a: "b" });
		project.git("checkout", "--quiet", "main");
		const gone = aChange(project, "gone", { b: "b" });
		project.git("branch", "--quiet", "-D", "gone");
		project.git("checkout", "--quiet", "--orphan", "stranger");
		const stranger = { id: "stranger", branch: "stranger", commit: project.commit({ c: "c" }), created: 0 };
		project.git("checkout", "--quiet", "main");
		const { results } = await land(site, [moved, gone, stranger]);
		expect(
			results
				.map((result) => (result.kind === "void" ? result.why.replace(/[0-9a-f]{12,}/g, "…") : result.kind))
				.sort(),
		).toEqual([
			"it has no history in common with the base",
			"its branch gone is gone",
			"its branch moved is at …, and … was approved",
		]);
		expect(head(project)).not.toBe(undefined);
	});

	test("one that the base has already is empty, by history or by content", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { a: "a" });
		const same = aChange(project, "same", { a: "a" });
		expect(summary(await land(site, [change]))).toEqual({ one: "landed" });
		const old = { id: "old", branch: "main", commit: head(project), created: 0 };
		expect(summary(await land(site, [same, old]))).toEqual({ same: "empty", old: "empty" });
	});
});

describe("the base", () => {
	test("moved by a person while the batch is judged: it is judged again on top, and nothing is lost", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { a: "a" });
		let mine: string | undefined;
		const report = await land(
			judging(site, () => (mine ??= project.commit({ "mine.txt": "x" }))),
			[change],
		);
		expect(summary(report)).toEqual({ one: "landed" });
		expect(parents(project)).toEqual([mine]);
		expect(files(project)).toEqual(["a", "mine.txt", "readme.md"]);
		expect(report.judgements).toBe(2);
	});

	test("that moves at every look ends in waiting, not in a loop", async () => {
		const { project, site } = await aProject();
		let count = 0;
		const report = await land(
			judging(site, () => project.commit({ count: String(++count) })),
			[aChange(project, "one", { a: "a" })],
		);
		expect(report.results).toMatchObject([{ kind: "waiting", why: expect.stringMatching(/moved 6 times/) }]);
		expect(count).toBe(6);
	});

	test("green alone and red together: what was pushed meanwhile counts", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { "needs-not-mine.txt": "x" });
		let mine: string | undefined;
		const report = await land(
			judging(site, () => (mine ??= project.commit({ "mine.txt": "x" }))),
			[change],
		);
		expect(summary(report)).toEqual({ one: "rejected" });
		expect(head(project)).toBe(mine);
	});
});

describe("a target that does not take it", () => {
	test("keeps nobody else from landing, and lands when it is taken", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { "readme.md": "1\n" });
		const other = aChange(project, "two", { "two.txt": "2" });
		project.write({ "readme.md": "not committed\n" });
		const base = head(project);
		const first = await land(site, [change]);
		expect(first.results).toMatchObject([{ kind: "waiting", why: expect.stringMatching(/not committed/) }]);
		expect(head(project)).toBe(base);
		expect(await land(site, [other])).toMatchObject({
			results: [{ kind: expect.stringMatching(/landed|waiting/) }],
			recovered: [],
		});
		project.git("checkout", "--quiet", "--", "readme.md");
		expect(await land(site, [change])).toMatchObject({ results: [{ kind: "landed" }], recovered: [] });
	});

	test("and moves on meanwhile: what was judged is given up, and judged anew", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { "readme.md": "1\n" });
		project.write({ "readme.md": "not committed\n" });
		await land(site, [change]);
		project.git("checkout", "--quiet", "--", "readme.md");
		const mine = project.commit({ "mine.txt": "x" });
		expect(await land(site, [change])).toMatchObject({ results: [{ kind: "landed" }], recovered: [], judgements: 1 });
		expect(parents(project)).toEqual([mine]);
	});

	test("that is gone leaves everything as it is, and says so", async () => {
		const { project, site } = await aProject();
		const change = aChange(project, "one", { a: "a" });
		rmSync(join(project.dir, ".git"), { recursive: true });
		await expect(land(site, [change])).rejects.toMatchObject({ code: "target-unreachable" });
	});
});

test("two landers at once land each change once, one after the other", async () => {
	const { project, site } = await aProject();
	const one = ["a", "b", "c"].map((name) => aChange(project, name, { [name]: "x" }));
	const other = ["c", "d"].map((name) => one.find(({ id }) => id === name) ?? aChange(project, name, { [name]: "x" }));
	const reports = await Promise.all([land(site, one, { batch: 1 }), land(site, other, { batch: 1 })]);
	expect(
		reports
			.flatMap(({ results }) => results)
			.map(({ kind }) => kind)
			.sort(),
	).toEqual(["empty", "landed", "landed", "landed", "landed"]);
	expect(project.git("rev-list", "--count", "main")).toBe("5");
	expect(project.git("rev-list", "--count", "--min-parents=2", "main")).toBe("0");
});

test("a rehearsal says what would land, and moves nothing", async () => {
	const { project, site } = await aProject();
	const base = head(project);
	const report = await land(
		site,
		["a", "bad"].map((name) => aChange(project, name, { [name]: "x" })),
		{ dryRun: true },
	);
	expect(summary(report)).toEqual({ a: "landed", bad: "rejected" });
	expect(head(project)).toBe(base);
	expect(await site.log.last(10)).toEqual([]);
});

test("what the push of a killed lander brings there in the same moment is finished, and not given up", async () => {
	const { project } = await aProject();
	const bare = join(tempDir(), "bare.git");
	runGit("/", ["clone", "--quiet", "--bare", project.dir, bare]);
	// Between the moment at which the receiver tells where it stands, and the one at which it moves.
	const other = '[ "$1" != refs/heads/main ] || git update-ref refs/heads/main "$3"';
	writeFileSync(join(bare, "hooks", "update"), `#!/bin/sh\n${other}\n`, { mode: 0o755 });
	const change = aChange(project, "one", { "one.txt": "1" });
	project.git("push", "--quiet", bare, "one");
	const site = await aSite(`file://${bare}`);
	const { results } = await land(site, [change]);
	expect(results).toMatchObject([{ kind: "landed", commit: runGit(bare, ["rev-parse", "main"]) }]);
	expect(await site.log.last(5, { type: ["change_landed"] })).toHaveLength(1);
	expect((await journalOf(site).read()).value.pending).toBeNull();
});

test("each judged prefix is told as it is judged", async () => {
	const { project, site } = await aProject();
	const told: string[] = [];
	const options: LandOptions = {
		batch: 4,
		tell: (progress) => told.push(progress.kind === "judged" ? progress.judgement : progress.kind),
	};
	await land(
		site,
		["a", "bad"].map((name) => aChange(project, name, { [name]: "x" })),
		options,
	);
	// The whole; its first half; the last one alone; and what is left.
	expect(told.join()).toBe("batch,judging,bad,probing,good,probing,bad,batch,judging,good,landed");
});

async function aProject(): Promise<{ project: TestRepository; site: TestSite }> {
	const project = aRepository();
	return { project, site: await aSite(project.dir) };
}

/** Something happens while the judge looks. */
function judging(site: TestSite, meanwhile: () => void): TestSite {
	const judge: Judge = {
		async judge(tree, base) {
			meanwhile();
			return await site.judge.judge(tree, base);
		},
	};
	return { ...site, judge: { ...site.judge, ...judge } };
}

function summary({ results }: LandReport): Record<string, string> {
	return Object.fromEntries(
		results.map(({ kind, change }: { kind: string; change: LandingChange }) => [change.id, kind]),
	);
}

function head(project: TestRepository, branch = "main"): string {
	return project.git("rev-parse", branch);
}

function parents(project: TestRepository): string[] {
	return project.git("log", "-1", "--format=%P", "main").split(" ");
}

function files(project: TestRepository): string[] {
	return project.git("ls-tree", "-r", "--name-only", "main").split("\n");
}
