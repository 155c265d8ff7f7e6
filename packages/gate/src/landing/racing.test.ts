/** Several processes at one target: landers, persons, sweepers. Each change lands once, and nobody's work is overwritten. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "@shopfloor/core/io";
import { isThorough, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { gcTrees } from "../gate/gc-trees.ts";
import { listTrees } from "../git/trees.ts";
import { runGit } from "../testing/a-repository.ts";
import { anOpenFactory, changesOf, diedAt, start } from "../testing/crash-stories.ts";
import { openSite } from "../testing/open-site.ts";
import { expectSound, filesOnMain, landedIn } from "../testing/sound.ts";
import type { Judge } from "./change.ts";
import { journalOf } from "./journal.ts";
import { land } from "./land.ts";
import { laneOf } from "./site.ts";

const names = ["a", "b", "c", "d", "e", "f"];

describe("MRG-01: two landers in two processes", { timeout: 60_000 }, () => {
	test.each([
		["with the same changes", [] as string[], [] as string[]],
		["with changes of their own", ["0", "3"], ["3", "6"]],
		["with some in common", ["0", "4"], ["2", "6"]],
	])("%s land each once, one after the other", async (_, one, other) => {
		const dir = await anOpenFactory(names);
		const landers = [one, other].map((part) => start(dir, "land.mjs", ["2", ...part]));
		for (const lander of landers) expect((await lander.ended).code).toBe(0);
		const said = landers.flatMap((lander) => lander.said);
		expect(said.filter((line) => !/^(landed|empty) /.test(line))).toEqual([]);
		expect(said.filter((line) => line.startsWith("landed ")).sort()).toEqual(names.map((name) => `landed ${name}`));
		await expectAllLanded(dir);
	});

	const stops = [
		["before it wrote down what it is about to do", "crash.mjs?how=stop&at=receipt.write.before@1"],
		["after it wrote down what it is about to do", "crash.mjs?how=stop&at=land.push.before@1"],
		["right before it pushes", new URL("../../fixtures/stop-before-push.mjs", import.meta.url).href],
		["after it pushed", "crash.mjs?how=stop&at=land.push.after@1"],
		["before it sends the receipts", "crash.mjs?how=stop&at=land.notes.push.before@1"],
		["before it tells the log", "crash.mjs?how=stop&at=land.log.before@1"],
	] as const;
	// Every third one, or all of them: a lease takes ten seconds to run out.
	test.each(stops.filter((_, index) => isThorough || index % 3 === 0))(
		"one of which stood still past its lease, %s: the other goes on, and both end well",
		async (_, preload) => {
			const dir = await anOpenFactory(names);
			const stopped = start(dir, "land.mjs", ["3"], preload);
			expect(await stopped.stopped()).toBe(true);
			await outwait(dir);
			const site = await openSite(dir);
			await land(site, changesOf(dir).slice(0, 5), { batch: 2 });
			await site.close();
			expect(landedIn(dir)).toEqual(expect.arrayContaining(names.slice(0, 5)));
			stopped.kill("SIGCONT");
			expect((await stopped.ended).code).toBe(0);
			const after = await openSite(dir);
			await land(after, changesOf(dir));
			await after.close();
			await expectAllLanded(dir);
		},
	);
});

test("what a lander wrote down after it had lost its lease is landed first, and nothing lands twice", async () => {
	const dir = await diedAt(await anOpenFactory(names), "land.push.before@1");
	const site = await openSite(dir);
	const journal = journalOf(site);
	const { pending } = (await journal.read()).value;
	expect(pending?.changes).toHaveLength(names.length);
	await journal.update(() => ({ pending: null }));
	let looks = 0;
	const judge: Judge = {
		async judge(tree, base, asked) {
			if (++looks === 1) await journal.update(() => ({ pending }));
			return await site.judge.judge(tree, base, asked);
		},
	};
	const { results } = await land({ ...site, judge }, changesOf(dir), { batch: 2 });
	await site.close();
	expect(results.map(({ kind }) => kind)).toEqual(names.map(() => "empty"));
	await expectAllLanded(dir);
});

test("a push that came too late, of a lander that then died, leaves a person's checkout on what the person made", async () => {
	const dir = await diedAt(await anOpenFactory(names), "land.push.before@1");
	const project = join(dir, "project");
	const site = await openSite(dir);
	const to = (await journalOf(site).read()).value.pending?.to ?? "";
	writeFileSync(join(project, "mine.txt"), "mine\n");
	runGit(project, ["add", "--all"]);
	runGit(project, ["commit", "--quiet", "-m", "My own"]);
	// As the receiver leaves it that brought the files along before it found that the branch had moved.
	await site.store.git.text(["push", "--quiet", project, `${to}:refs/late/push`]);
	runGit(project, ["read-tree", "-m", "-u", "HEAD", to]);
	expect(runGit(project, ["status", "--porcelain"])).toMatch(/^D {2}mine\.txt$/m);
	await land(site, changesOf(dir));
	await site.close();
	expect(filesOnMain(dir)).toContain("mine.txt");
	await expectAllLanded(dir);
});

test("MRG-09, GIT-10: a person pushes and garbage is collected all the while; nothing is lost and nothing lands twice", {
	timeout: 120_000,
}, async () => {
	const dir = await anOpenFactory(names);
	const landers = ["0", "3"].map((from) => start(dir, "land.mjs", ["2", from, String(Number(from) + 3)]));
	const over = Promise.all(landers.map(({ ended }) => ended)).then(() => true);
	const person = aPerson(dir);
	const site = await openSite(dir);
	let mine = 0;
	for (let round = 0; !(await Promise.race([over, systemClock.sleep(0)])); round++) {
		mine += person.commits(`mine-${round}.txt`) ? 1 : 0;
		if (round % 3 === 0) runGit(join(dir, "project"), ["gc", "--quiet", "--prune=now"]);
		else await gcTrees(site.store, { keep: () => false });
	}
	for (const lander of landers) {
		expect((await lander.ended).code).toBe(0);
		expect(lander.said.filter((line) => !/^(landed|waiting) /.test(line))).toEqual([]);
	}
	person.putsBack();
	const { results } = await land(site, changesOf(dir));
	await site.close();
	expect(results.filter(({ kind }) => kind !== "landed" && kind !== "empty")).toEqual([]);
	expect(mine).toBeGreaterThan(0);
	expect(filesOnMain(dir).filter((path) => path.startsWith("mine-"))).toHaveLength(mine);
	await expectAllLanded(dir);
});

test("GIT-01: 24 trees prepared at once by four processes, twice, are 24 trees", { timeout: 60_000 }, async () => {
	const dir = await anOpenFactory([]);
	const programs = ["a", "b", "c", "d"].map((name) => start(dir, "prepare.mjs", [name, "6"]));
	for (const program of programs) expect((await program.ended).code, program.complaints()).toBe(0);
	const site = await openSite(dir);
	const trees = await listTrees(site.store);
	expect(trees).toHaveLength(24);
	for (const tree of trees) expect(runGit(tree.dir, ["status", "--porcelain"])).toBe("");
	await expectSound(dir, site);
	await site.close();
});

async function expectAllLanded(dir: string): Promise<void> {
	const site = await openSite(dir);
	try {
		expect(landedIn(dir)).toEqual(names);
		expect(filesOnMain(dir)).toEqual(expect.arrayContaining([...names, "readme.md"]));
		await expectSound(dir, site);
	} finally {
		await site.close();
	}
}

/** Until the lander that stands still has been silent for as long as its lease lasts, by a watch that runs fast. */
async function outwait(dir: string): Promise<void> {
	const fast: Clock = {
		now: systemClock.now,
		watch: () => systemClock.watch() * 600,
		sleep: (ms, signal) => systemClock.sleep(ms / 600, signal),
	};
	const site = await openSite(dir, fast);
	await (await site.leases.hold(`lander-${laneOf(site)}`, { slots: 1, ttlMs: 60_000 })).release();
	await site.close();
}

interface Committer {
	/** Tells whether the commit arrived. */
	commits(path: string): boolean;
	/**
	 * Their push, too, may come too late and bring the checkout along all the same. The factory touches nothing in it that
	 * is not its own.
	 */
	putsBack(): void;
}

/** With a clone of their own. */
function aPerson(dir: string): Committer {
	const project = join(dir, "project");
	const clone = join(tempDir(), "clone");
	runGit("/", ["clone", "--quiet", project, clone]);
	const late = new Set<string>();
	return {
		commits(path) {
			runGit(clone, ["fetch", "--quiet", "origin", "main"]);
			runGit(clone, ["reset", "--quiet", "--hard", "origin/main"]);
			writeFileSync(join(clone, path), "x");
			runGit(clone, ["add", "--all"]);
			runGit(clone, ["-c", "user.name=Ana", "-c", "user.email=ana@x", "commit", "--quiet", "-m", path]);
			try {
				const receiver = "--receive-pack=git -c receive.denyCurrentBranch=updateInstead receive-pack";
				runGit(clone, ["push", "--quiet", receiver, "origin", "HEAD:main"]);
				return true;
			} catch {
				late.add(runGit(clone, ["rev-parse", "HEAD^{tree}"]));
				return false;
			}
		},
		putsBack() {
			if (late.has(runGit(project, ["write-tree"]))) runGit(project, ["reset", "--quiet", "--hard"]);
		},
	};
}
