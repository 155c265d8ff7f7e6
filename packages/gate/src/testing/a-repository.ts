/** Repositories made on the spot, as a person would have them: with their own configuration and git's ordinary commands. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";

/** `null` takes a file away; `{ link }` is a symlink, `{ run }` a file that may be executed. */
export type Files = Readonly<
	Record<string, string | Buffer | null | { readonly link: string } | { readonly run: string }>
>;

export interface TestRepository {
	readonly dir: string;
	git(...args: string[]): string;
	write(files: Files): void;
	/** Returns the commit. */
	commit(files: Files, message?: string): string;
	/** A branch with one commit on top of the present one; the checkout stays where it is. */
	branch(name: string, files: Files, from?: string): string;
}

export function aRepository(files: Files = { "readme.md": "A project\n" }): TestRepository {
	const dir = join(tempDir(), "project");
	mkdirSync(dir);
	const repository: TestRepository = {
		dir,
		git: (...args) => runGit(dir, args),
		write: (given) => writeFiles(dir, given),
		commit(given, message = "A change") {
			writeFiles(dir, given);
			runGit(dir, ["add", "--all"]);
			runGit(dir, ["commit", "--quiet", "--allow-empty", "-m", message]);
			return runGit(dir, ["rev-parse", "HEAD"]);
		},
		branch(name, given, from = "HEAD") {
			const here = runGit(dir, ["rev-parse", "--abbrev-ref", "HEAD"]);
			runGit(dir, ["checkout", "--quiet", "-b", name, from]);
			const commit = repository.commit(given, `Work on ${name}`);
			runGit(dir, ["checkout", "--quiet", here]);
			return commit;
		},
	};
	repository.git("init", "--quiet", "--initial-branch=main");
	repository.git("config", "user.name", "Tester");
	repository.git("config", "user.email", "tester@localhost");
	if (Object.keys(files).length > 0) repository.commit(files, "The first commit");
	return repository;
}

export function runGit(dir: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
	return execFileSync("git", args, {
		cwd: dir,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
		env: { PATH: process.env["PATH"], HOME: dir, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
	}).trimEnd();
}

export function writeFiles(dir: string, files: Files): void {
	for (const [path, content] of Object.entries(files)) {
		const at = join(dir, path);
		rmSync(at, { recursive: true, force: true });
		if (content === null) continue;
		mkdirSync(dirname(at), { recursive: true });
		if (typeof content === "string" || Buffer.isBuffer(content)) writeFileSync(at, content);
		else if ("link" in content) symlinkSync(content.link, at);
		else {
			writeFileSync(at, content.run);
			chmodSync(at, 0o755);
		}
	}
}
