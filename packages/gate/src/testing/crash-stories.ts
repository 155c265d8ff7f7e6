/**
 * The stories that the gate's crash points are swept over: a program does something to a factory and its target and is
 * killed in the middle. Then the next one comes by, and what it finds must do.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Program, startProgram, tempDir } from "@shopfloor/core/testing";
import { expect } from "vitest";
import { install } from "../dependencies/install.ts";
import { commitWork } from "../git/commit-work.ts";
import { dropBranch, sendBranch } from "../git/send-branch.ts";
import { baseOf, fetch, mirrored } from "../git/store.ts";
import { listTrees, prepareTree, removeTree } from "../git/trees.ts";
import type { LandingChange } from "../landing/change.ts";
import { land } from "../landing/land.ts";
import { revert } from "../landing/revert.ts";
import { aRepository, type Files, runGit } from "./a-repository.ts";
import { copied, copyOf } from "./copied.ts";
import type { OpenSite } from "./open-site.ts";
import { expectSound, filesOnMain, landedIn } from "./sound.ts";

export interface Story {
	readonly program: readonly [name: string, ...args: string[]];
	/** Makes what the program finds; returns the folder. */
	readonly before: () => Promise<string>;
	/** What the next one does, and what must have come of it all. */
	readonly after: (site: OpenSite, dir: string, said: readonly string[]) => Promise<void>;
}

export const stories: Readonly<Record<string, Story>> = {
	"opening a store": {
		program: ["open-store.mjs"],
		before: async () => aFactory(["a"]),
		after: expectLanded("a"),
	},
	"landing two changes as one batch": {
		program: ["land.mjs"],
		before: async () => await anOpenFactory(["a", "b"]),
		after: expectLanded("a", "b"),
	},
	"landing a batch with a culprit in it": {
		program: ["land.mjs"],
		before: async () => await anOpenFactory(["a", "bad-b", "c"]),
		after: expectLanded("a", "c"),
	},
	"completing what a lander left before it pushed": {
		program: ["land.mjs"],
		before: async () => await diedAt(await anOpenFactory(["a", "b"]), "land.push.before@1"),
		after: expectLanded("a", "b"),
	},
	"completing what a lander left after it pushed": {
		program: ["land.mjs"],
		before: async () => await diedAt(await anOpenFactory(["a", "b"]), "land.push.after@1"),
		after: expectLanded("a", "b"),
	},
	"giving up what a lander left while a person moved the base": {
		program: ["land.mjs"],
		before: async () => {
			const dir = await diedAt(await anOpenFactory(["a", "b"]), "land.push.before@1");
			writeFileSync(join(dir, "project", "mine.txt"), "mine\n");
			runGit(join(dir, "project"), ["add", "--all"]);
			runGit(join(dir, "project"), ["commit", "--quiet", "-m", "My own"]);
			return dir;
		},
		after: expectLanded("a", "b"),
	},
	"taking a change back": {
		program: ["revert.mjs", "b"],
		before: async () => {
			const dir = aFactory(["a", "b", "c"]);
			await start(dir, "land.mjs").ended;
			return dir;
		},
		after: expectReverted,
	},
	"making, using and removing a tree": {
		program: ["use-tree.mjs"],
		before: async () => await anOpenFactory([]),
		after: expectUsable,
	},
	"committing a session's work": {
		program: ["commit-work.mjs"],
		before: async () => await anOpenFactory([]),
		after: expectCommitted,
	},
	"sending a branch, and taking it away": {
		program: ["drop-branch.mjs"],
		before: async () => await anOpenFactory([]),
		after: expectDropped,
	},
	"installing dependencies": {
		program: ["install.mjs"],
		before: async () => await anOpenFactory([], withDependency()),
		after: expectInstalled,
	},
};

/** A story that can be begun again and again, each time in a folder of its own. */
export async function stage(story: Story): Promise<Stage> {
	const template = await story.before();
	const begin: Stage["begin"] = (preload) => {
		const dir = copyOf(template);
		const [name, ...args] = story.program;
		return { dir, program: start(dir, name, args, preload) };
	};
	const { program } = begin(new URL("states.mjs", fixtures).href);
	const points = JSON.parse((await program.says(/^points /)).slice("points ".length));
	const deaths = JSON.parse((await program.says(/^deaths /)).slice("deaths ".length));
	return { begin, points: Object.keys(points), deaths };
}

export interface Stage {
	/** All that the story visits. */
	readonly points: readonly string[];
	/** Points, and at which visit of them: those at which a death leaves what no earlier one leaves. */
	readonly deaths: readonly (readonly [point: string, visit: number])[];
	begin(preload: string): { readonly dir: string; readonly program: Program };
}

const fixtures = new URL("../../fixtures/", import.meta.url);

export function start(dir: string, name: string, args: readonly string[] = [], ...preload: string[]): Program {
	const program = startProgram(new URL(name, fixtures).href, [dir, ...args], {
		preload,
		env: { TMPDIR: join(dir, "tmp") },
	});
	program.finish();
	return program;
}

/** A project with a branch for each name, as a change that was approved and adds a file of that name. */
function aFactory(names: readonly string[], files: Files = { "readme.md": "A project\n" }): string {
	const project = aRepository(files);
	const dir = dirname(project.dir);
	const changes: LandingChange[] = names.map((name, created) => ({
		id: name,
		branch: name,
		commit: project.branch(name, { [name]: `${name}\n` }),
		created,
	}));
	writeFileSync(join(dir, "changes.json"), JSON.stringify(changes));
	return dir;
}

export function changesOf(dir: string): LandingChange[] {
	return JSON.parse(readFileSync(join(dir, "changes.json"), "utf8"));
}

/** The same with a store that has all of it. */
export async function anOpenFactory(names: readonly string[], files?: Files): Promise<string> {
	return await copied(JSON.stringify([names, files]), async () => {
		const dir = aFactory(names, files);
		expect((await start(dir, "open-store.mjs").ended).code).toBe(0);
		return dir;
	});
}

export async function diedAt(dir: string, death: string): Promise<string> {
	expect((await start(dir, "land.mjs", [], `crash.mjs?how=kill&at=${death}`).ended).signal).toBe("SIGKILL");
	return dir;
}

function expectLanded(...names: string[]): Story["after"] {
	return async (site, dir) => {
		await land(site, changesOf(dir), { batch: 8 });
		expect(landedIn(dir)).toEqual(names);
		const mine = existsSync(join(dir, "project", "mine.txt")) ? ["mine.txt"] : [];
		expect(filesOnMain(dir)).toEqual([...names, ...mine, "readme.md"].sort());
		await expectSound(dir, site);
	};
}

async function expectReverted(site: OpenSite, dir: string): Promise<void> {
	const commit = runGit(join(dir, "project"), ["log", "--format=%H", "--grep=^Branch: b$", "main"]);
	await revert(site, { commit, reason: "it was slow" });
	expect(filesOnMain(dir)).toEqual(["a", "c", "readme.md"]);
	const reverts = runGit(join(dir, "project"), ["log", "--format=%H", "--grep=^Reverts: ", "main"]).split("\n");
	expect(reverts).toHaveLength(1);
	const entries = await site.log.last(10, { type: ["change_reverted"] });
	expect(entries.map(({ data }) => data)).toMatchObject([{ change: "b", commit: reverts[0] }]);
	await expectSound(dir, site);
}

/** What was in the tree and nowhere else is under a ref, unless nothing was. */
async function expectUsable(site: OpenSite, dir: string, said: readonly string[]): Promise<void> {
	const { store } = site;
	const commit = await baseOf(store, "main");
	const { tree } = await prepareTree(store, "ralph-1", { commit });
	expect(runGit(tree.dir, ["status", "--porcelain"])).toBe("");
	expect(runGit(tree.dir, ["rev-parse", "HEAD"])).toBe(commit);
	expect(readdirSync(tree.dir).sort()).toEqual([".git", "readme.md"]);
	if (said.includes("unsaved")) expect(await rescuedIdeas(site)).toContain("an idea");
	await expectSound(dir, site);
	await removeTree(store, "ralph-1");
	expect(await listTrees(store)).toEqual([]);
}

async function rescuedIdeas({ store: { git } }: OpenSite): Promise<string[]> {
	const refs = (await git.text(["for-each-ref", "--format=%(refname)", "refs/shopfloor/rescue"])).split("\n");
	return await Promise.all(refs.filter((ref) => ref !== "").map((ref) => git.text(["show", `${ref}:idea.txt`])));
}

async function expectCommitted(site: OpenSite, dir: string, said: readonly string[]): Promise<void> {
	const { store } = site;
	const base = await baseOf(store, "main");
	const { tree, rescued } = await prepareTree(store, "ralph-1", { commit: base });
	const saved = [...(await rescuedIdeas(site)), ...(await ideasCommitted(store.git))];
	if (said.includes("unsaved")) expect(saved).toContain("an idea");
	if (said.includes("committed brl/ralph-1/x")) expect(rescued, "what was committed is not unsaved").toBeUndefined();
	writeFileSync(join(tree.dir, "idea.txt"), "an idea\n");
	const work = { base, branch: "brl/ralph-1/x", message: "An idea", trailers: { Session: "ralph-1" }, seconds: 1 };
	const done = await commitWork(store, tree, work);
	if (done.kind !== "committed") throw new Error(`it is ${done.kind}`);
	expect(await sendBranch(store, done)).toEqual({ branch: "brl/ralph-1/x", unsent: undefined });
	const project = join(dir, "project");
	expect(runGit(project, ["for-each-ref", "--format=%(refname:short)", "refs/heads"])).toBe("brl/ralph-1/x\nmain");
	expect(runGit(project, ["log", "--format=%P %s %cn", "brl/ralph-1/x", "^main"])).toBe(`${base} An idea Shopfloor`);
	expect(await ideaOn(store.git, mirrored("brl/ralph-1/x"))).toEqual(["an idea"]);
	expect(await ideaOn(store.git, "refs/heads/brl/ralph-1/x"), "the target has it").toEqual([]);
	await expectSound(dir, site);
}

async function expectDropped(site: OpenSite, dir: string): Promise<void> {
	const { store } = site;
	await fetch(store);
	await dropBranch(store, { branch: "brl/ralph-1/x", commit: await baseOf(store, "main") });
	const project = join(dir, "project");
	expect(runGit(project, ["for-each-ref", "--format=%(refname:short)", "refs/heads"])).toBe("main");
	expect(await store.git.text(["for-each-ref", "--format=%(refname)"])).toBe(mirrored("main"));
	await expectSound(dir, site);
}

async function ideasCommitted(git: OpenSite["store"]["git"]): Promise<string[]> {
	const name = "brl/ralph-1/x";
	return [...(await ideaOn(git, `refs/heads/${name}`)), ...(await ideaOn(git, mirrored(name)))];
}

async function ideaOn(git: OpenSite["store"]["git"], ref: string): Promise<string[]> {
	const { code, stdout } = await git.answer(["show", `${ref}:idea.txt`], { answers: [0, 128] });
	return code === 0 ? [stdout.toString("utf8").trim()] : [];
}

async function expectInstalled(site: OpenSite, dir: string): Promise<void> {
	const { git, dir: storeDir, leases } = site.store;
	await fetch(site.store);
	const cacheDir = join(storeDir, "installations");
	const installation = await install(git, mirrored("main"), { cacheDir, leases });
	expect(readdirSync(cacheDir)).toEqual([installation?.key]);
	expect(existsSync(join(installation?.dir ?? "", "node_modules/dep/index.js"))).toBe(true);
	await expectSound(dir, site);
}

/** A project with one dependency that is packed into the repository, so that no registry is asked. */
function withDependency(): Files {
	const dir = tempDir();
	const npm = (...args: string[]) =>
		execFileSync("npm", [...args, "--silent", "--no-audit", "--no-fund"], { cwd: dir, stdio: "ignore" });
	writeFileSync(join(dir, "package.json"), '{"name":"dep","version":"1.0.0"}');
	writeFileSync(join(dir, "index.js"), "module.exports = 1;\n");
	npm("pack");
	const manifest = '{"name":"project","version":"1.0.0","dependencies":{"dep":"file:dep-1.0.0.tgz"}}';
	writeFileSync(join(dir, "package.json"), manifest);
	npm("install", "--package-lock-only", "--offline", "--ignore-scripts");
	const names = ["package.json", "package-lock.json", "dep-1.0.0.tgz"];
	return Object.fromEntries(names.map((name) => [name, readFileSync(join(dir, name))]));
}
