/**
 * One installation for one lockfile, made once, with scripts off, and used by every tree. It lies outside of all trees:
 * a branch can read it and not change it. Measured, against an installation for each tree: a bind mount or a symlink
 * takes 5 ms, a copy by hard links 850, an offline installation 3,300.
 */
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, relative, sep } from "node:path";
import {
	crashAt,
	errnoOf,
	findPlaces,
	type HoldOptions,
	isGone,
	type Leases,
	ShopfloorError,
	uniqueName,
} from "@shopfloor/core/io";
import { execa } from "execa";
import type { Git } from "../git/git.ts";
import { listTree, type TreeEntry } from "../git/objects.ts";
import { personEnvironment } from "../git/person-environment.ts";
import { installerWords } from "./installer-words.ts";
import { dependsOnAnything, installationKey, type Manifests, manifestsOf, namesDependencies } from "./manifests.ts";

export interface Installation {
	readonly key: string;
	readonly dir: string;
	/** `node_modules`, and those of the workspace's packages; relative to the repository. */
	readonly folders: readonly string[];
	/** Whether packages of the workspace are linked into each other: then a folder must lie in the tree to mean that tree. */
	readonly linked: boolean;
}

export interface InstallOptions {
	readonly cacheDir: string;
	readonly leases: Leases;
	readonly signal?: AbortSignal;
	/** Told when something is to be downloaded, which takes its time. */
	readonly starts?: (what: string) => void;
	readonly waits?: HoldOptions["waits"];
}

/** What the base's checks need, installed; undefined when it needs nothing. Rejects with `dependencies-failed`. */
export async function install(git: Git, base: string, options: InstallOptions): Promise<Installation | undefined> {
	const manifests = manifestsOf(await listTree(git, base));
	if (manifests === undefined) return undefined;
	const texts = await textsOf(git, manifests.files);
	const textOf = ({ path }: TreeEntry) => texts.get(path)?.toString("utf8") ?? "";
	if (!dependsOnAnything(manifests, textOf)) return undefined;
	const key = installationKey(
		manifests,
		textOf,
		`${process.platform} ${process.arch} node ${process.versions.modules}`,
	);
	const dir = join(options.cacheDir, key);
	const ready = installed(dir, key);
	if (ready !== undefined) return ready;
	const { signal, waits } = options;
	const lease = await options.leases.hold(`install-${key}`, {
		slots: 1,
		ttlMs: 60_000,
		...(waits ? { waits } : {}),
		...(signal ? { signal } : {}),
	});
	try {
		return installed(dir, key) ?? (await make(dir, key, manifests, texts, options));
	} finally {
		await lease.release();
	}
}

async function textsOf(git: Git, files: readonly TreeEntry[]): Promise<Map<string, Buffer>> {
	if (files.length > manifestsMax)
		throw new ShopfloorError("dependencies-failed", `${files.length} manifests; ${manifestsMax} is the limit`);
	const texts = new Map<string, Buffer>();
	for (const { path, id } of files) texts.set(path, await git.bytes(["cat-file", "blob", id]));
	return texts;
}

/** A workspace of thousands of packages is not what one machine works on. */
const manifestsMax = 1_000;

function installed(dir: string, key: string): Installation | undefined {
	try {
		const { folders, linked } = JSON.parse(readFileSync(join(dir, recordName), "utf8")) as Installation;
		const now = new Date();
		// Those used last are kept longest.
		utimesSync(dir, now, now);
		return { key, dir, folders, linked };
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

const recordName = "installation.json";

async function make(
	dir: string,
	key: string,
	manifests: Manifests,
	texts: ReadonlyMap<string, Buffer>,
	{ cacheDir, signal, starts }: InstallOptions,
): Promise<Installation> {
	sweepHalfMade(cacheDir);
	const temporary = `${dir}.${uniqueName()}`;
	try {
		for (const [path, content] of texts) {
			mkdirSync(dirname(join(temporary, path)), { recursive: true });
			writeFileSync(join(temporary, path), content);
		}
		starts?.(`installing dependencies with ${manifests.manager}`);
		await runManager(manifests, temporary, signal);
		const folders = foldersIn(temporary, manifests);
		if (folders.length === 0 && namesDependencies(manifests, (entry) => texts.get(entry.path)?.toString("utf8") ?? ""))
			throw new ShopfloorError(
				"dependencies-failed",
				`${manifests.manager} installed nothing although something is depended on. Nothing is checked without it.`,
			);
		for (const folder of folders)
			for (const name of written) mkdirSync(join(temporary, folder, name), { recursive: true });
		const linked = folders.some((folder) => linksOut(join(temporary, folder)));
		writeFileSync(join(temporary, recordName), JSON.stringify({ folders, linked }));
		crashAt("install.rename.before");
		renameSync(temporary, dir);
		return { key, dir, folders, linked };
	} catch (error) {
		rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
		throw error;
	}
}

/** Where tools keep what they make: a mount over it needs a place to be. */
const written = [".vite", ".vite-temp", ".vitest", ".cache"];

/** What somebody who was killed was about to put into its place, or to take away. */
export function sweepHalfMade(cacheDir: string): void {
	if (!existsSync(cacheDir)) return;
	for (const name of readdirSync(cacheDir)) {
		const [, owner] = /^[0-9a-f]{24}\.(.+)$/.exec(name) ?? [];
		if (owner !== undefined && isGone(owner)) rmSync(join(cacheDir, name), { recursive: true, force: true });
	}
}

async function runManager({ manager, lockfile, files }: Manifests, cwd: string, signal?: AbortSignal): Promise<void> {
	const args = [...argumentsOf[manager](lockfile !== undefined)];
	// The state directory may lie in a workspace, as the factory's own is one: pnpm would install that.
	if (manager === "pnpm" && !files.some(({ path }) => path === "pnpm-workspace.yaml")) args.push("--ignore-workspace");
	const result = await execa(manager, args, {
		cwd,
		env: environment(),
		extendEnv: false,
		stdin: "ignore",
		all: true,
		reject: false,
		timeout: installMs,
		maxBuffer: outputBytesMax,
		...(signal === undefined ? {} : { cancelSignal: signal }),
	});
	if (!result.failed) return;
	signal?.throwIfAborted();
	if (result.code === "ENOENT")
		throw new ShopfloorError(
			"dependencies-failed",
			`${manager} is not installed, and ${lockfile} is its lockfile. Install it: npm install --global ${manager}`,
		);
	const why = result.timedOut ? "took too long" : `ended with ${result.exitCode ?? result.signal}`;
	throw new ShopfloorError(
		"dependencies-failed",
		`the dependencies could not be installed: ${manager} ${args.join(" ")} ${why}:\n${installerWords(result.all)}\nNothing is checked without them.`,
	);
}

const argumentsOf = {
	npm: (locked: boolean) => [
		...(locked ? ["ci"] : ["install", "--no-package-lock"]),
		"--ignore-scripts",
		"--no-audit",
		"--no-fund",
		"--prefer-offline",
		"--loglevel=error",
	],
	pnpm: () => [
		"install",
		"--frozen-lockfile",
		"--ignore-scripts",
		"--prefer-offline",
		"--reporter=append-only",
		"--package-import-method=clone-or-copy",
	],
	yarn: () => ["install", "--frozen-lockfile", "--ignore-scripts", "--non-interactive"],
};

/** A large project on a slow line. */
const installMs = 15 * 60_000;
const outputBytesMax = 4 * 1024 * 1024;

/** The person's registry and its credentials count here, and nothing else of the environment. */
function environment(): Record<string, string> {
	const kept = personEnvironment([...passed, ...Object.keys(process.env).filter((name) => /^npm_config_/i.test(name))]);
	// The factory brings a pnpm of its own, for machines that have none.
	const path = [kept["PATH"], join(findPlaces().root, "node_modules", ".bin")].filter(Boolean).join(delimiter);
	return { ...kept, ...oneVersion, PATH: path, CI: "1", NO_COLOR: "1" };
}

/** A manifest may name another version of the manager, which would be downloaded and run. */
const oneVersion = {
	npm_config_manage_package_manager_versions: "false",
	npm_config_package_manager_strict: "false",
	COREPACK_ENABLE_STRICT: "0",
};

const passed = ["LANG", "NODE_EXTRA_CA_CERTS", "COREPACK_HOME", "PNPM_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"];

function foldersIn(dir: string, { files }: Manifests): string[] {
	return files
		.filter(({ path }) => path.endsWith("package.json"))
		.map(({ path }) => join(dirname(path), "node_modules"))
		.filter((folder) => existsSync(join(dir, folder)))
		.sort();
}

/** A link to something that was not installed but lies in the repository, as workspaces make them. */
function linksOut(folder: string, root = realpathSync(dirname(folder))): boolean {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.name.startsWith("@") && entry.isDirectory() && linksOut(path, root)) return true;
		if (entry.isSymbolicLink() && !relative(root, realpathSync(path)).split(sep).includes("node_modules")) return true;
	}
	return false;
}
