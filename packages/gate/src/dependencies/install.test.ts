import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { mirrored, type Store } from "../git/store.ts";
import { aRepository, type Files, writeFiles } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { install } from "./install.ts";
import { copyFiles, layIn, makePlaces } from "./lay-in.ts";

const base = mirrored("main");

describe("the dependencies of a base", { timeout: 60_000 }, () => {
	test("are installed once, for all trees at once, and their scripts do not run", async () => {
		const proof = join(tempDir(), "ran");
		const project = aRepository(withDependency({ scripts: { postinstall: `touch ${proof}` } }));
		const store = await aStore(project.dir);
		let downloads = 0;
		const options = { ...where(store), starts: () => downloads++ };
		const all = await Promise.all([1, 2, 3].map(() => install(store.git, base, options)));
		expect(new Set(all.map((one) => one?.dir)).size).toBe(1);
		expect(downloads).toBe(1);
		expect(readFileSync(join(all[0]?.dir ?? "", "node_modules/dep/index.js"), "utf8")).toBe("module.exports = 1;\n");
		expect(existsSync(proof)).toBe(false);
		expect(all[0]).toMatchObject({ folders: ["node_modules"], linked: false });
	});

	test("stay the same until what is depended on changes", async () => {
		const files = withDependency();
		const project = aRepository(files);
		const store = await aStore(project.dir);
		const first = await install(store.git, base, where(store));
		const manifest = JSON.parse(String(files["package.json"]));
		project.commit({ "package.json": JSON.stringify({ ...manifest, scripts: { test: "x" } }), "a.js": "x" });
		const { fetch } = await import("../git/store.ts");
		await fetch(store);
		expect((await install(store.git, base, where(store)))?.key).toBe(first?.key);
		project.commit({ ".npmrc": "prefer-dedupe=true\n" });
		await fetch(store);
		expect((await install(store.git, base, where(store)))?.key).not.toBe(first?.key);
	});

	test("that cannot be installed are told with the installer's own words, and leave nothing behind", async () => {
		const project = aRepository({
			"package.json": '{"dependencies":{"dep":"file:missing.tgz"}}',
			"package-lock.json": "{}",
		});
		const store = await aStore(project.dir);
		await expect(install(store.git, base, where(store))).rejects.toMatchObject({
			code: "dependencies-failed",
			message: expect.stringMatching(/npm ci .* ended with \d+:\n.*Nothing is checked without them/s),
		});
		expect(readdirSync(where(store).cacheDir)).toEqual([]);
	});

	test("are none for a project without a manifest", async () => {
		const store = await aStore(aRepository().dir);
		expect(await install(store.git, base, where(store))).toBeUndefined();
	});
});

describe("dependencies in a tree", { timeout: 60_000 }, () => {
	test("are a symlink where that means the same", async () => {
		const store = await aStore(aRepository(withDependency()).dir);
		const installation = await installed(store);
		const tree = tempDir();
		writeFiles(tree, { "node_modules/planted/index.js": "x" });
		layIn(tree, installation);
		layIn(tree, installation);
		expect(lstatSync(join(tree, "node_modules")).isSymbolicLink()).toBe(true);
		expect(readdirSync(join(tree, "node_modules"))).toContain("dep");
		expect(readdirSync(join(installation.dir, "node_modules"))).not.toContain("planted");
	});

	test("lie in the tree where packages of a workspace link to each other: what is required is the tree's", async () => {
		const store = await aStore(aRepository(workspace).dir);
		const installation = await installed(store);
		expect(installation.linked).toBe(true);
		const tree = tempDir();
		writeFiles(tree, { ...workspace, "packages/b/index.js": "module.exports = 'the tree'\n" });
		layIn(tree, installation);
		layIn(tree, installation);
		const said = execFileSync(process.execPath, ["-p", "require('b')"], {
			cwd: join(tree, "packages/a"),
			encoding: "utf8",
		});
		expect(said).toBe("the tree\n");
	});

	test("are not put behind a symlink that a branch made", async () => {
		const tree = tempDir();
		const elsewhere = tempDir();
		mkdirSync(join(tree, "packages"));
		symlinkSync(elsewhere, join(tree, "packages/a"));
		const installation = { key: "k", dir: tempDir(), folders: ["packages/a/node_modules"], linked: true };
		expect(() => layIn(tree, installation)).toThrow(/packages\/a is a symlink/);
		expect(() => makePlaces(tree, installation)).toThrow(/packages\/a is a symlink/);
		expect(readdirSync(elsewhere)).toEqual([]);
	});
});

test("files that a person names are copied in; what is no plain file is refused", () => {
	const from = tempDir();
	const tree = tempDir();
	writeFiles(from, { ".env.test": "A=1\n", link: { link: "/etc/passwd" } });
	copyFiles(from, tree, [".env.test", "not-there"]);
	expect(readFileSync(join(tree, ".env.test"), "utf8")).toBe("A=1\n");
	expect(() => copyFiles(from, tree, ["link"])).toThrow(/no plain file/);
	expect(() => copyFiles(from, tree, ["../x"])).toThrow(/leads out/);
});

function where({ dir, leases }: Store) {
	return { cacheDir: join(dir, "installations"), leases };
}

async function installed(store: Store) {
	const installation = await install(store.git, base, where(store));
	if (installation === undefined) throw new Error("it has dependencies");
	return installation;
}

const workspace: Files = {
	"package.json": '{"name":"all","workspaces":["packages/*"]}',
	"package-lock.json": JSON.stringify({
		name: "all",
		lockfileVersion: 3,
		packages: {
			"": { name: "all", workspaces: ["packages/*"] },
			"node_modules/a": { resolved: "packages/a", link: true },
			"node_modules/b": { resolved: "packages/b", link: true },
			"packages/a": { name: "a", version: "1.0.0", dependencies: { b: "*" } },
			"packages/b": { name: "b", version: "1.0.0" },
		},
	}),
	"packages/a/package.json": '{"name":"a","version":"1.0.0","dependencies":{"b":"*"}}',
	"packages/b/package.json": '{"name":"b","version":"1.0.0"}',
	"packages/b/index.js": "module.exports = 'the installation'\n",
};

/** A project with one dependency that is packed into the repository, so that no registry is asked. */
function withDependency(manifest: object = {}): Files {
	const dir = tempDir();
	writeFiles(dir, {
		"dep/package.json": JSON.stringify({ name: "dep", version: "1.0.0", ...manifest }),
		"dep/index.js": "module.exports = 1;\n",
		"project/package.json": '{"name":"project","version":"1.0.0","dependencies":{"dep":"file:dep.tgz"}}',
	});
	const project = join(dir, "project");
	npm(join(dir, "dep"), "pack", "--pack-destination", project);
	execFileSync("mv", [join(project, "dep-1.0.0.tgz"), join(project, "dep.tgz")]);
	npm(project, "install", "--package-lock-only", "--offline", "--ignore-scripts");
	const read = (name: string) => readFileSync(join(project, name));
	return {
		"package.json": read("package.json"),
		"package-lock.json": read("package-lock.json"),
		"dep.tgz": read("dep.tgz"),
	};
}

function npm(cwd: string, ...args: string[]): void {
	execFileSync("npm", [...args, "--silent", "--no-audit", "--no-fund"], { cwd, stdio: "ignore" });
}
