import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { aRepository, type TestRepository, writeFiles } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { bringStanding, snapshotOf, standingOf } from "./checkout.ts";
import { commitOf, listTree } from "./objects.ts";
import type { Store } from "./store.ts";
import { findTarget, type LocalTarget } from "./target.ts";

let project: TestRepository;
let store: Store;
let target: LocalTarget;
let home: string;

beforeEach(async () => {
	home = tempDir();
	vi.stubEnv("HOME", home);
	vi.stubEnv("XDG_CONFIG_HOME", "");
	project = aRepository({ "readme.md": "A project\n", ".gitignore": "dist/\n" });
	store = await aStore(project.dir);
	const found = await findTarget(project.dir, "/");
	if (found.kind !== "local") throw new Error("it is a folder");
	target = found;
});
afterEach(() => vi.unstubAllEnvs());

describe("where a checkout stands", () => {
	test("is its branch, and on none the beginning of the commit's name", async () => {
		const commit = project.git("rev-parse", "HEAD");
		expect(await standingOf(target)).toEqual({ branch: "main", commit });
		project.git("checkout", "--quiet", "--detach");
		expect(await standingOf(target)).toEqual({ branch: commit.slice(0, 12), commit });
	});

	test("is brought also where no branch has it", async () => {
		project.git("checkout", "--quiet", "--detach");
		const commit = project.commit({ "idea.txt": "an idea" });
		expect(await commitOf(store.git, commit)).toBeUndefined();
		await bringStanding(store, target);
		expect(await commitOf(store.git, commit)).toBe(commit);
		expect(await store.git.text(["for-each-ref", "--format=%(refname)"])).toBe("refs/remotes/target/main");
	});

	test("is nothing where there is no commit yet, and that is said when it is asked for", async () => {
		const empty = await findTarget(aRepository({}).dir, "/");
		await bringStanding(store, empty as LocalTarget);
		await expect(standingOf(empty as LocalTarget)).rejects.toThrow(/has no commit yet/);
	});
});

describe("a checkout as it stands", () => {
	test("is one commit with what is not committed; several at once do not disturb each other, and nothing is left", async () => {
		project.write({ "readme.md": "Changed\n", "new.txt": "x", "dist/out.js": "x" });
		const before = project.git("status", "--porcelain");
		const all = await Promise.all(Array.from({ length: 6 }, () => snapshotOf(store, target, head())));
		expect(new Set(all).size).toBe(1);
		expect(await files(all[0])).toEqual([".gitignore", "new.txt", "readme.md"]);
		expect(project.git("status", "--porcelain")).toBe(before);
		expect(readdirSync(store.git.place.gitDir).filter((name) => name.startsWith("passing"))).toEqual([]);
		expect(existsSync(join(store.dir, "indexes"))).toBe(false);
	});

	test("is without what the person never commits: by the repository, by their configuration, and where git looks by itself", async () => {
		project.write({ "a.log": "x", "b.tmp": "x", "c.swp": "x", "kept.tmp": "x", "new.txt": "x" });
		writeFiles(home, { ".config/git/ignore": "*.swp\n" });
		expect(await files(await snapshot())).not.toContain("c.swp");
		writeFiles(home, {
			".gitconfig": "[core]\n\texcludesFile = ~/mine\n",
			mine: "*.tmp\n",
			".config/git/ignore": "new.txt\n",
		});
		writeFiles(project.dir, { ".git/info/exclude": "*.log\n!kept.tmp\n" });
		expect(await files(await snapshot())).toEqual([".gitignore", "c.swp", "kept.tmp", "new.txt", "readme.md"]);
		expect(project.git("-c", `core.excludesFile=${home}/mine`, "status", "--porcelain")).toBe(
			"?? c.swp\n?? kept.tmp\n?? new.txt",
		);
	});

	test("takes patterns from the person's configuration and nothing that runs", async () => {
		const proof = join(tempDir(), "ran");
		writeFiles(home, {
			".gitconfig": `[core]\n\texcludesFile = ~/mine\n\tfsmonitor = "touch ${proof}; false"\n[filter "evil"]\n\tclean = touch ${proof}; cat\n`,
			mine: "*.tmp\n",
		});
		project.write({ ".gitattributes": "* filter=evil\n", "a.tmp": "x", "new.txt": "x" });
		expect(await files(await snapshot())).toEqual([".gitattributes", ".gitignore", "new.txt", "readme.md"]);
		expect(existsSync(proof)).toBe(false);
	});

	test("is read where it stands on no branch, too", async () => {
		project.git("checkout", "--quiet", "--detach");
		project.commit({ "idea.txt": "an idea" });
		project.write({ "new.txt": "x" });
		expect(await files(await snapshot())).toEqual([".gitignore", "idea.txt", "new.txt", "readme.md"]);
	});

	test("that cannot be one says why", async () => {
		const inner = aRepository();
		project.write({ "inner/x": "x" });
		project.git("clone", "--quiet", inner.dir, "inner/repository");
		await expect(snapshot()).rejects.toThrow(/cannot be checked as it stands: inner\/repository is a repository/);
	});
});

function head(): string {
	return project.git("rev-parse", "HEAD");
}

async function snapshot(): Promise<string> {
	return await snapshotOf(store, target, head());
}

async function files(commit: string | undefined): Promise<string[]> {
	return (await listTree(store.git, commit ?? "")).map(({ path }) => path);
}
