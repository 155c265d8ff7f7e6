/**
 * Runs git on a directory that is named, and lets nothing decide but its arguments. A tree that an agent wrote may hold
 * a `.git` file, attributes, nested repositories; a machine has its own configuration. None of it is looked at: the git
 * directory is given, hooks, file-system monitors, pagers and replaced objects are off, and a filter that attributes
 * name is not defined anywhere that counts. No list of dangerous settings could do that, since a driver may have any
 * name; what is not read cannot run.
 *
 * `transport` is for talking to the target: there the person's own configuration counts (credentials, proxies, ssh),
 * and no tree is near.
 */
import { statfsSync } from "node:fs";
import { showDuration } from "@shopfloor/core";
import { crashAt, isShopfloorError, ShopfloorError } from "@shopfloor/core/io";
import { execa } from "execa";
import { fieldsOf, fileNames } from "./file-names.ts";
import { bareEnvironment, personEnvironment } from "./person-environment.ts";
import { endWhenSilent, withoutProgress } from "./silence.ts";

export interface Place {
	/** The repository, or a worktree's directory inside of it. */
	readonly gitDir: string;
	readonly workTree?: string;
	/** An index of one's own. */
	readonly index?: string;
	/** A file of patterns, of what is left out besides what the tree and the repository leave out. */
	readonly excludes?: string;
}

export interface GitOptions {
	readonly input?: string | Uint8Array;
	/** Exit codes that are answers. Default: only 0. */
	readonly answers?: readonly number[];
	readonly env?: Readonly<Record<string, string>>;
	readonly transport?: boolean;
	readonly timeoutMs?: number;
	/** Longer without a word from it, and it is ended. Only where it was told to talk: `--progress`. */
	readonly silenceMs?: number;
	readonly bytesMax?: number;
	readonly signal?: AbortSignal | undefined;
}

export interface GitAnswer {
	readonly code: number;
	readonly stdout: Buffer;
	readonly stderr: string;
}

export class Git {
	readonly place: Place;

	constructor(place: Place) {
		this.place = place;
	}

	/** What it said, without the last line end. */
	async text(args: readonly string[], options: GitOptions = {}): Promise<string> {
		return (await this.answer(args, options)).stdout.toString("utf8").replace(/\n$/, "");
	}

	async bytes(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
		return (await this.answer(args, options)).stdout;
	}

	/** The fields of an answer that ends each with NUL, as `-z` gives them. */
	async fields(args: readonly string[], options: GitOptions = {}): Promise<string[]> {
		return fieldsOf((await this.bytes(args, options)).toString("utf8"));
	}

	/** The same for names of files, and for what ends in one. Rejects with `bad-tree` where one is not text. */
	async names(args: readonly string[], options: GitOptions = {}): Promise<string[]> {
		return fileNames(await this.bytes(args, options));
	}

	/** Rejects with `git-failed` when git could not do it, or answered with another code than the expected ones. */
	async answer(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
		for (let tries = 1; ; tries++)
			try {
				return await this.#answer(args, options);
			} catch (error) {
				if (tries === triesMax || !gitSaid(error, foldedMeanwhile)) throw error;
			}
	}

	async #answer(args: readonly string[], options: GitOptions): Promise<GitAnswer> {
		const { input, answers = [0], env, transport = false, signal, silenceMs } = options;
		crashAt("git.before");
		const running = execa("git", [...placeOf(this.place), ...args], {
			// Where nobody's files lie: git looks into the current folder for nothing, but some helpers do.
			cwd: this.place.gitDir,
			env: { ...environment(this.place, transport), ...env },
			extendEnv: false,
			encoding: "buffer",
			reject: false,
			stripFinalNewline: false,
			timeout: options.timeoutMs ?? (transport ? transportMs : localMs),
			maxBuffer: options.bytesMax ?? bytesMax,
			...(input === undefined ? { stdin: "ignore" as const } : { input }),
			...(signal === undefined ? {} : { cancelSignal: signal, gracefulCancel: false }),
		});
		const silence = silenceMs === undefined ? undefined : endWhenSilent(running, silenceMs);
		const result = await running;
		silence?.stop();
		crashAt("git.after");
		const said = Buffer.from(result.stderr ?? []).toString("utf8");
		const stderr = silence === undefined ? said : withoutProgress(said);
		if (
			result.exitCode !== undefined &&
			answers.includes(result.exitCode) &&
			!result.failed === (result.exitCode === 0)
		)
			return { code: result.exitCode, stdout: Buffer.from(result.stdout), stderr };
		signal?.throwIfAborted();
		const silentMs = silence?.ended ? silenceMs : undefined;
		throw this.failed(inWords(args, { ...result, silentMs }, stderr), result);
	}

	/** Git has many words for a full disk, and often says only what it could not do. */
	failed(message: string, cause?: unknown): ShopfloorError {
		if (freeBytes(this.place.gitDir) >= littleBytes) return new ShopfloorError("git-failed", message, { cause });
		const full = `${message}. The disk is full: free some space and it goes on by itself.`;
		return new ShopfloorError("disk-full", full, { cause });
	}
}

function freeBytes(folder: string): number {
	try {
		const { bavail, bsize } = statfsSync(folder);
		return bavail * bsize;
	} catch {
		// The folder is gone: then it is not for lack of space that git failed.
		return Number.POSITIVE_INFINITY;
	}
}

const littleBytes = 1024 * 1024;

/** A question that git answers with "no" by failing. */
export function gitSaid(error: unknown, pattern: RegExp): boolean {
	return isShopfloorError(error, "git-failed") && pattern.test(error.message);
}

/** Another git, which packs objects, takes an empty folder away in the moment in which this one writes into it. */
const foldedMeanwhile = /unable to create temporary file: No such file or directory/;
const triesMax = 5;

/** A step on a large repository takes seconds; whatever takes this long hangs. */
const localMs = 2 * 60_000;
const transportMs = 10 * 60_000;
/** What is read whole into memory; larger things are streamed or asked for in parts. */
const bytesMax = 256 * 1024 * 1024;

function placeOf({ gitDir, workTree }: Place): string[] {
	return [
		`--git-dir=${gitDir}`,
		...(workTree === undefined ? [] : [`--work-tree=${workTree}`]),
		"--no-replace-objects",
	];
}

/** Set over every configuration file, also over the person's where that counts. */
const settings: readonly (readonly [string, string])[] = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.attributesFile", "/dev/null"],
	["core.excludesFile", "/dev/null"],
	["core.pager", "cat"],
	["core.symlinks", "true"],
	["core.fileMode", "true"],
	["core.autocrlf", "false"],
	["core.quotePath", "false"],
	// Names that are `.git` on another system's file system are refused everywhere.
	["core.protectHFS", "true"],
	["core.protectNTFS", "true"],
	// Another process of ours holds a ref for milliseconds.
	["core.filesRefLockTimeout", "5000"],
	["core.packedRefsTimeout", "5000"],
	["core.fsync", "committed,loose-object,reference"],
	["core.fsyncMethod", "fsync"],
	["gc.auto", "0"],
	["maintenance.auto", "false"],
	["protocol.ext.allow", "never"],
	["submodule.recurse", "false"],
	["fetch.recurseSubmodules", "false"],
	["push.recurseSubmodules", "no"],
	["commit.gpgSign", "false"],
	["diff.renames", "true"],
	["merge.renames", "true"],
	["advice.detachedHead", "false"],
	["init.defaultBranch", "main"],
];

function environment({ index, excludes }: Place, transport: boolean): Record<string, string> {
	const env: Record<string, string> = {
		...(transport ? personEnvironment(forTransport) : bareEnvironment()),
		LC_ALL: "C",
		GIT_TERMINAL_PROMPT: "0",
		GIT_NO_REPLACE_OBJECTS: "1",
		GIT_ATTR_NOSYSTEM: "1",
		GIT_LITERAL_PATHSPECS: "1",
		GIT_CONFIG_COUNT: String(settings.length),
	};
	if (!transport) Object.assign(env, { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" });
	for (const [number, [key, value]] of settings.entries()) {
		env[`GIT_CONFIG_KEY_${number}`] = key;
		env[`GIT_CONFIG_VALUE_${number}`] = key === "core.excludesFile" ? (excludes ?? value) : value;
	}
	if (index !== undefined) env["GIT_INDEX_FILE"] = index;
	return env;
}

const forTransport = [
	"XDG_CONFIG_HOME",
	"SSH_AUTH_SOCK",
	"SSH_ASKPASS",
	"GIT_ASKPASS",
	"GIT_SSH",
	"GIT_SSH_COMMAND",
	"GIT_CONFIG_GLOBAL",
	"GIT_SSL_CAINFO",
];

function inWords(
	args: readonly string[],
	result: {
		timedOut: boolean;
		isMaxBuffer: boolean;
		signal?: string | undefined;
		exitCode?: number | undefined;
		code?: string | undefined;
		silentMs?: number | undefined;
	},
	stderr: string,
): string {
	const what = `git ${args.slice(0, 3).join(" ")}`;
	if (result.code === "ENOENT") return "git is not installed, or not on the PATH. Install it (at least version 2.38).";
	if (result.silentMs !== undefined)
		return withoutPasswords(`${what} said nothing for ${showDuration(result.silentMs)} and was ended`);
	if (result.timedOut) return withoutPasswords(`${what} took too long and was ended`);
	if (result.isMaxBuffer) return withoutPasswords(`${what} answered with more than can be read at once`);
	const ending = result.signal === undefined ? `ended with ${result.exitCode}` : `was ended by ${result.signal}`;
	return withoutPasswords(`${what} ${ending}: ${stderr.trim().slice(0, 2_000) || "it said nothing"}`);
}

/** Of what a program said, as much as fits a sentence. */
export function firstLines(text: string): string {
	return text.trim().split("\n").slice(0, 5).join("\n").slice(0, 1_000);
}

/** A URL may carry one. */
export function withoutPasswords(text: string): string {
	return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, "$1***@");
}
