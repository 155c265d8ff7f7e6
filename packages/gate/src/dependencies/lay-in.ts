/**
 * Dependencies in a tree. Inside a sandbox they are mounted, read-only; what is here serves those who run without one.
 * A symlink is enough unless packages of a workspace link to each other: through it such a link leads into the
 * installation, where the packages are only manifests, and not into the tree. There the folders are copied by hard links.
 */
import {
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { errnoOf, ShopfloorError } from "@shopfloor/core/io";
import { noteGiven } from "./given.ts";
import type { Installation } from "./install.ts";
import { linkTree } from "./link-tree.ts";

/** What `layIn` puts into a tree, to be kept when the tree is cleaned before. */
export function keepOf(installation: Installation | undefined): string[] {
	return (installation?.folders ?? []).map((folder) => `/${folder}`);
}

/** For mounts: an empty folder where each of them goes. */
export function makePlaces(tree: string, installation: Installation): void {
	for (const folder of installation.folders) {
		const place = placeIn(tree, folder);
		if (kindOf(place) === "folder") continue;
		rmSync(place, { recursive: true, force: true });
		mkdirSync(place, { recursive: true });
	}
	noteGiven(tree, installation);
}

/** Makes the tree's dependencies those of the installation; does nothing where they are already. */
export function layIn(tree: string, installation: Installation): void {
	for (const folder of installation.folders) {
		const place = placeIn(tree, folder);
		const source = join(installation.dir, folder);
		if (installation.linked) copyByLinks(source, place, installation.key);
		else link(source, place);
	}
	noteGiven(tree, installation);
}

function link(source: string, place: string): void {
	if (kindOf(place) === "link" && readlinkSync(place) === source) return;
	rmSync(place, { recursive: true, force: true });
	mkdirSync(dirname(place), { recursive: true });
	symlinkSync(source, place);
}

function copyByLinks(source: string, place: string, key: string): void {
	const mark = join(place, ".shopfloor-installation");
	if (kindOf(place) === "folder" && existsSync(mark) && readFileSync(mark, "utf8") === key) return;
	rmSync(place, { recursive: true, force: true });
	mkdirSync(dirname(place), { recursive: true });
	linkTree(source, place);
	writeFileSync(mark, key);
}

/** What lies in a tree may be a symlink that a branch put there: nothing is written through one. */
function placeIn(tree: string, path: string): string {
	let folder = tree;
	for (const name of dirname(path).split("/")) {
		folder = join(folder, name);
		if (kindOf(folder) === "link")
			throw new ShopfloorError("bad-tree", `${relative(tree, folder)} is a symlink; ${path} is not put behind it`);
	}
	return join(tree, path);
}

function kindOf(path: string): "folder" | "link" | "other" | "nothing" {
	try {
		const stat = lstatSync(path);
		return stat.isSymbolicLink() ? "link" : stat.isDirectory() ? "folder" : "other";
	} catch (error) {
		if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return "nothing";
		throw error;
	}
}

/** Files of the person's checkout that are in no commit and that checks need. */
export function copyFiles(from: string, tree: string, paths: readonly string[]): void {
	for (const path of paths) {
		const source = join(from, path);
		if (relative(from, source).split(sep)[0] === "..")
			throw new ShopfloorError("bad-config", `copy: ${path} leads out of ${from}`);
		const stat = statOf(source);
		if (stat === undefined) continue;
		// A symlink may lead to anything that the person can read.
		if (!stat.isFile() || stat.size > copyBytesMax)
			throw new ShopfloorError("bad-config", `copy: ${source} is no plain file of at most ${copyBytesMax} bytes`);
		const place = placeIn(tree, path);
		mkdirSync(dirname(place), { recursive: true });
		rmSync(place, { recursive: true, force: true });
		copyFileSync(source, place);
	}
}

function statOf(path: string) {
	return lstatSync(path, { throwIfNoEntry: false });
}

/** Settings, not data. */
const copyBytesMax = 1024 * 1024;
