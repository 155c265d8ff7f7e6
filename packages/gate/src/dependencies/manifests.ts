/** Which files of a base decide what is installed, and by which program. */
import { createHash } from "node:crypto";
import { ShopfloorError } from "@shopfloor/core/io";
import type { TreeEntry } from "../git/objects.ts";

export interface Manifests {
	readonly manager: "npm" | "pnpm" | "yarn";
	/** A base without one gets what the registry has on that day. */
	readonly lockfile: string | undefined;
	/** All that the installing program must find. */
	readonly files: readonly TreeEntry[];
}

/** Undefined where nothing is to be installed. */
export function manifestsOf(tree: readonly TreeEntry[]): Manifests | undefined {
	const files = tree.filter(({ type, path }) => type === "blob" && decides(path));
	const at = (path: string) => files.some((file) => file.path === path);
	if (!at("package.json")) return undefined;
	if (at("pnpm-lock.yaml")) return { manager: "pnpm", lockfile: "pnpm-lock.yaml", files };
	for (const lockfile of ["npm-shrinkwrap.json", "package-lock.json"])
		if (at(lockfile)) return { manager: "npm", lockfile, files };
	if (at("yarn.lock")) return { manager: "yarn", lockfile: "yarn.lock", files };
	const other = files.find(({ path }) => path === "bun.lock" || path === "bun.lockb");
	if (other !== undefined)
		throw new ShopfloorError(
			"dependencies-failed",
			`${other.path} is a lockfile that is not understood. Commit one of npm, pnpm or yarn beside it.`,
		);
	return { manager: "npm", lockfile: undefined, files };
}

function decides(path: string): boolean {
	if (path.split("/").includes("node_modules")) return false;
	const name = path.slice(path.lastIndexOf("/") + 1);
	return named.has(name) || name.endsWith(".tgz") || path.startsWith("patches/") || path.startsWith(".yarn/patches/");
}

const named = new Set([
	"package.json",
	"package-lock.json",
	"npm-shrinkwrap.json",
	".npmrc",
	"pnpm-lock.yaml",
	"pnpm-workspace.yaml",
	".pnpmfile.cjs",
	"yarn.lock",
	".yarnrc",
	".yarnrc.yml",
	"bun.lock",
	"bun.lockb",
]);

/** A manifest may be there for its name or its scripts alone. */
export function dependsOnAnything(manifests: Manifests, textOf: (entry: TreeEntry) => string): boolean {
	return manifests.lockfile !== undefined || namesDependencies(manifests, textOf);
}

export function namesDependencies({ files }: Manifests, textOf: (entry: TreeEntry) => string): boolean {
	return files.some(
		(file) => file.path.endsWith("package.json") && /"(devD|d)ependencies"\s*:\s*\{\s*"/.test(textOf(file)),
	);
}

/**
 * The same for the same installation. With a lockfile a manifest counts by what it depends on: its scripts may change.
 */
export function installationKey(
	{ manager, lockfile, files }: Manifests,
	textOf: (entry: TreeEntry) => string,
	environment: string,
): string {
	const hash = createHash("sha256").update(`${manager}\n${lockfile}\n${environment}\n`);
	for (const file of [...files].sort((one, other) => (one.path < other.path ? -1 : 1))) {
		const content = file.path.endsWith("package.json") ? dependenciesIn(textOf(file)) : file.id;
		hash.update(`${file.path}\n${content}\n`);
	}
	return hash.digest("hex").slice(0, 24);
}

function dependenciesIn(text: string): string {
	try {
		const manifest = JSON.parse(text) as Record<string, unknown>;
		return JSON.stringify(parts.map((part) => manifest[part] ?? null));
	} catch {
		return text;
	}
}

const parts = [
	"name",
	"version",
	"workspaces",
	"dependencies",
	"devDependencies",
	"optionalDependencies",
	"peerDependencies",
	"overrides",
	"resolutions",
	"pnpm",
	"packageManager",
	"bin",
];
