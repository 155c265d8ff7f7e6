/**
 * The repository that the factory works for: a path on this machine or a URL. It belongs to a person. The factory reads
 * from it, and writes to it by pushing only.
 */
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { ShopfloorError } from "@shopfloor/core/io";
import type { SimpleGit } from "simple-git";
import { slug } from "./branch-name.ts";
import { withoutPasswords } from "./git.ts";

export type Target = LocalTarget | RemoteTarget;

export interface LocalTarget {
	readonly kind: "local";
	/** Without symlinks; the top of a checkout, or a bare repository. */
	readonly address: string;
	readonly name: string;
}

export interface RemoteTarget {
	readonly kind: "remote";
	readonly address: string;
	readonly name: string;
}

/** Rejects with `bad-repository` when it cannot be worked for, and says what to do. */
export async function findTarget(where: string, from: string): Promise<Target> {
	if (isUrl(where)) return { kind: "remote", address: where, name: nameOf(where, where) };
	const path = isAbsolute(where) ? where : resolve(from, where);
	if (!existsSync(path)) throw unusable(`${path} does not exist`, "Name the folder of a git repository, or its URL.");
	const real = realpathSync(path);
	try {
		const git = await gitIn(real);
		const bare = (await git.revparse(["--is-bare-repository"])) === "true";
		const address = realpathSync(
			bare ? await git.revparse(["--absolute-git-dir"]) : await git.revparse(["--show-toplevel"]),
		);
		const common = realpathSync(await git.revparse(["--path-format=absolute", "--git-common-dir"]));
		if ((await git.revparse(["--is-shallow-repository"])) === "true")
			throw unusable(
				`${address} is a shallow clone: part of its history is missing, and with it the point where branches part`,
				`Complete it: git -C ${address} fetch --unshallow`,
			);
		if ((await git.revparse(["--show-object-format"])) !== "sha1") throw sha256(address);
		return local(address, basename(common) === ".git" ? dirname(common) : common);
	} catch (error) {
		if (error instanceof ShopfloorError) throw error;
		throw because(real, error);
	}
}

/**
 * The same for what is only about this machine: the target is not asked, and may have moved away. Where it is gone it is
 * taken by the path it had.
 */
export async function recallTarget(where: string, from: string): Promise<Target> {
	const path = resolve(from, where);
	return isUrl(where) || existsSync(path) ? await findTarget(where, from) : local(realPathOnce(path));
}

/** Its folder is gone, and those above it may still be symlinks. */
function realPathOnce(path: string): string {
	const above = dirname(path);
	if (existsSync(path) || above === path) return realpathSync(path);
	return join(realPathOnce(above), basename(path));
}

/** All worktrees of a repository are one target, called after the place of what they share. */
function local(address: string, place = address): LocalTarget {
	return { kind: "local", address, name: nameOf(place, place) };
}

/** In the person's own repository, with their configuration. */
export async function gitIn(folder: string): Promise<SimpleGit> {
	const { simpleGit } = await import("simple-git");
	return simpleGit({ baseDir: folder, timeout: { block: silenceMs } });
}

/** A disk of another machine may be gone. Looking through a large checkout takes half a minute. */
const silenceMs = 2 * 60_000;

export function sha256(address: string): ShopfloorError {
	return unusable(
		`${address} names its objects by SHA-256, and the factory only works with SHA-1`,
		"Name a repository that was made with git init --object-format=sha1.",
	);
}

export function unusable(what: string, remedy: string): ShopfloorError {
	return new ShopfloorError("bad-repository", withoutPasswords(`${what}. ${remedy}`));
}

/** `https://…`, `ssh://…`, `file://…`, and `user@host:path`. */
function isUrl(where: string): boolean {
	return /^(https?|ssh|git|file):\/\//.test(where) || /^[\w.-]+@[\w.-]+:[^\0]+$/.test(where);
}

/** One folder for one target: readable, and different for two that are called the same. */
function nameOf(address: string, whole: string): string {
	const last = basename(address.replace(/[/:]/g, "/").replace(/\/+$/, "")).replace(/\.git$/, "");
	const hash = createHash("sha256").update(withoutPasswords(whole)).digest("hex").slice(0, 8);
	return `${slug(last).slice(0, 40)}-${hash}`;
}

function because(path: string, error: unknown): ShopfloorError {
	const message = (error as Error).message;
	if (/dubious ownership/.test(message))
		return unusable(
			`${path} belongs to another account, and git refuses it`,
			`If you trust it: git config --global --add safe.directory ${path}`,
		);
	if (/not a git repository/i.test(message))
		return unusable(`${path} is not a git repository`, "Name one, or make it one: git init, and a first commit.");
	return unusable(`${path} cannot be read by git (${message.trim().slice(0, 300)})`, "Mend that first.");
}
