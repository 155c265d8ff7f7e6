/**
 * GIT-02, GIT-03, MRG-04: git itself is killed, before a command, after it, and in the middle of it at each file that
 * it gives its final name. Whoever asked is told; the next try works, and nothing is there half or twice.
 */
import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inParallel, isThorough, needs, sampled } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { land } from "../landing/land.ts";
import { aRepository } from "../testing/a-repository.ts";
import { copied } from "../testing/copied.ts";
import { cycle } from "../testing/cycle.ts";
import { type Death, withMortalGit } from "../testing/mortal-git.ts";
import { openSite } from "../testing/open-site.ts";
import { expectSound, filesOnMain, landedIn } from "../testing/sound.ts";
import { takeBack } from "./take-back.ts";

const commands = [
	"fetch",
	"worktree add",
	"read-tree",
	"add --all",
	"write-tree",
	"commit-tree",
	"update-ref",
	"merge-tree",
	"push",
	"notes",
];

test.each(commands)("git %s is killed before or after it did its work", { timeout: 60_000 }, async (command) => {
	const both = ["before", "after"] as const;
	// By turns, or both.
	const one = both.filter((_, index) => index === commands.indexOf(command) % 2);
	await inParallel(2, isThorough ? both : one, async (when) => {
		expect(await diesOnce({ command, when })).toBe(true);
	});
});

const store = "state/repositories/project/store.git";
const files = [
	["worktree add", `${store}/worktrees/ralph-1/HEAD.lock`],
	["worktree add", `${store}/worktrees/ralph-1/locked`],
	["read-tree", "state/repositories/project/indexes/ralph-1.lock"],
	["add --all", "state/repositories/project/indexes/ralph-1.lock"],
	["write-tree", "state/repositories/project/indexes/ralph-1.lock"],
	["update-ref --no-deref HEAD", `${store}/worktrees/ralph-1/HEAD.lock`],
	["push", "project/.git/refs/heads/idea.lock"],
	["push", "project/.git/refs/heads/main.lock"],
	["push", "project/.git/HEAD.lock"],
	["push", "project/.git/refs/notes/shopfloor.lock"],
] as const;

test.for(sampled(files, ([command]) => command))(
	"git %s is killed before %s gets its name",
	{ timeout: 60_000 },
	async ([command, file], context) => {
		needs(context, "strace");
		expect(await diesOnce({ command, when: { file } })).toBe(true);
	},
);

const refs = [
	["fetch", `${store}/./refs/remotes/target/main.lock`],
	["update-ref refs/heads", `${store}/refs/heads/idea.lock`],
	["update-ref refs/remotes", `${store}/refs/remotes/target/main.lock`],
	["notes", `${store}/refs/notes/shopfloor.lock`],
] as const;

test("git is killed before a ref in the store gets its name", { timeout: 60_000 }, async (context) => {
	needs(context, "strace");
	// Together, because the next git waits five seconds for each of their locks.
	await inParallel(refs.length, refs, async ([command, file]) => {
		expect(await diesOnce({ command, when: { file } }), `${command} ${file}`).toBe(true);
	});
});

test("an index that is locked at the target is a person's to free: the landing waits, and says which file it is", async () => {
	const project = aRepository();
	const site = await openSite(dirname(project.dir));
	const commit = project.branch("idea", { "idea.txt": "idea\n" });
	const lock = join(project.dir, ".git/index.lock");
	writeFileSync(lock, "");
	aMinuteLater(project.dir);
	const change = { id: "idea", branch: "idea", commit, created: 0 };
	expect((await land(site, [change])).results).toMatchObject([
		{ kind: "waiting", why: expect.stringMatching(/index\.lock is there\. .*take that file away/) },
	]);
	expect(existsSync(lock)).toBe(true);
	rmSync(lock);
	expect((await land(site, [change])).results).toMatchObject([{ kind: "landed" }]);
	await expectSound(dirname(project.dir), site);
	await site.close();
});

test("a checkout that shows what did not land is put back, unless a person did something in it", async () => {
	const project = aRepository();
	const site = await openSite(dirname(project.dir));
	const commit = project.branch("idea", { "idea.txt": "idea\n" });
	const { target } = site.store;
	expect(await takeBack(target, commit)).toBe(false);
	project.git("read-tree", "-m", "-u", "HEAD", commit);
	project.write({ "readme.md": "Mine\n" });
	expect(await takeBack(target, commit)).toBe(false);
	project.git("checkout", "--", "readme.md");
	expect(await takeBack(target, commit)).toBe(true);
	expect(project.git("status", "--porcelain")).toBe("");
	await site.close();
});

/** Whether it died; what it was about is done either way. */
async function diesOnce(death: Omit<Death, "dir">): Promise<boolean> {
	const dir = await copied("a factory with an empty store", emptyStore);
	const site = await openSite(dir);
	const { command, when } = death;
	const came = withMortalGit({
		dir,
		command,
		when: typeof when === "object" ? { file: join(dir, when.file) } : when,
	});
	let died = false;
	let told = "nothing";
	try {
		await cycle(site, "idea").catch((error: unknown) => {
			told = String(error);
			expect(error).toMatchObject({ name: "ShopfloorError" });
		});
	} finally {
		died = came();
	}
	try {
		aMinuteLater(dir);
		await cycle(site, "idea");
		expect(landedIn(dir)).toEqual(["idea"]);
		await cycle(site, "more");
		expect(landedIn(dir)).toEqual(["idea", "more"]);
		expect(filesOnMain(dir)).toEqual(["idea.txt", "more.txt", "readme.md"]);
		await expectSound(dir, site);
	} catch (cause) {
		throw new Error(`after ${JSON.stringify(death)} and ${told}: ${(cause as Error).message}`, { cause });
	} finally {
		await site.close();
	}
	return died;
}

async function emptyStore(): Promise<string> {
	const dir = dirname(aRepository().dir);
	await (await openSite(dir)).close();
	return dir;
}

/** A lock is taken away only when it is old. */
function aMinuteLater(dir: string): void {
	const then = Date.now() / 1_000 - 60;
	for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" }))
		if (name.endsWith(".lock")) utimesSync(join(dir, name), then, then);
}
