/**
 * A git that is killed: it stands first on the PATH, and ends itself instead of the machine's lack of memory. Several may
 * stand there, each for the repositories in a folder of its own.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir, until } from "@shopfloor/core/testing";
import { onTestFinished, vi } from "vitest";

export interface Death {
	/** Of the factory that it happens to. */
	readonly dir: string;
	/** Words that follow each other in the command: `push`, `worktree add`. */
	readonly command: string;
	/**
	 * Without having done anything, having done all of it, or in the middle: itself or one that it started, as it is about
	 * to give this file its name, or to take it away.
	 */
	readonly when: "before" | "after" | { readonly file: string };
}

/** Until the returned function is called, which tells whether it came to that. */
export function withMortalGit(death: Death): () => boolean {
	const dir = tempDir();
	const git = presentGit();
	const once = `if ! grep -q SIGKILL ${dir}/trace; then ${howToDie(dir, git, death.when)}; fi`;
	writeFileSync(join(dir, "git"), script(git, `--git-dir=${death.dir}/`, death.command, once), { mode: 0o755 });
	writeFileSync(join(dir, "trace"), "");
	onTestFinished(() => void vi.unstubAllEnvs());
	vi.stubEnv("PATH", [dir, ...path()].join(":"));
	return () => {
		vi.stubEnv(
			"PATH",
			path()
				.filter((folder) => folder !== dir)
				.join(":"),
		);
		return readFileSync(join(dir, "trace"), "utf8").includes("SIGKILL");
	};
}

/** Until the returned function is called, the first such command stands still; it gives the process back once it does. */
export function withStillGit(command: string): { readonly pid: () => Promise<number>; readonly end: () => void } {
	const dir = tempDir();
	const git = presentGit();
	const stand = `if mkdir ${dir}/once 2> /dev/null; then echo $$ > ${dir}/pid; kill -STOP $$; fi`;
	writeFileSync(join(dir, "git"), script(git, "--git-dir=", command, stand), { mode: 0o755 });
	vi.stubEnv("PATH", `${dir}:${process.env["PATH"]}`);
	return {
		async pid() {
			const read = () => (existsSync(join(dir, "pid")) ? readFileSync(join(dir, "pid"), "utf8").trim() : "");
			await until(() => read() !== "" && / T /.test(readFileSync(`/proc/${read()}/stat`, "utf8")));
			return Number(read());
		},
		end: () => vi.unstubAllEnvs(),
	};
}

function presentGit(): string {
	return execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
}

function path(): string[] {
	return (process.env["PATH"] ?? "").split(":");
}

function script(git: string, where: string, command: string, instead: string): string {
	return `#!/bin/sh
case " $* " in
*" ${where}"*" ${command} "*|*" ${where}"*" ${command}/"*) ${instead} ;;
esac
exec ${git} "$@"
`;
}

function howToDie(dir: string, git: string, when: Death["when"]): string {
	if (when === "before") return `echo SIGKILL > ${dir}/trace; kill -9 $$`;
	if (when === "after") return `echo SIGKILL > ${dir}/trace; ${git} "$@"; kill -9 $$`;
	const calls = "rename,renameat,renameat2,link,linkat,unlink,unlinkat";
	const inject = `--inject=${calls}:signal=SIGKILL:when=1`;
	// Whoever receives writes the folder of the repository so.
	const paths = [when.file, when.file.replace(".git/", ".git/./")].map((path) => `-P ${path}`).join(" ");
	return `exec strace -f -qq -A -o ${dir}/trace ${paths} -e trace=${calls} ${inject} ${git} "$@"`;
}
