/** What git says about the branches of a repository, as far as one of them may be the base. */
import type { Target } from "@shopfloor/gate";
import { execa } from "execa";
import { type Branches, usualBases } from "./choose-base.ts";

/** What git does not tell stays open: a person can name a branch. */
export async function lookAtBranches(target: Target, signal: AbortSignal): Promise<Branches> {
	return target.kind === "local" ? await inFolder(target.address, signal) : await atUrl(target.address, signal);
}

async function inFolder(folder: string, signal: AbortSignal): Promise<Branches> {
	const git = (...args: string[]) => said(["-C", folder, ...args], localMs, signal);
	const published = after("refs/remotes/origin/", await git("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"));
	const checkedOut = after("refs/heads/", await git("symbolic-ref", "--quiet", "HEAD"));
	const refs = [published, checkedOut, ...usualBases].flatMap((name) =>
		name === undefined ? [] : `refs/heads/${name}`,
	);
	const there = await git("for-each-ref", "--format=%(refname:lstrip=2)", ...refs);
	return { published, checkedOut, there: there.split("\n") };
}

async function atUrl(url: string, signal: AbortSignal): Promise<Branches> {
	const refs = ["HEAD", ...usualBases.map((name) => `refs/heads/${name}`)];
	const lines = (await said(["ls-remote", "--symref", "--", url, ...refs], remoteMs, signal)).split("\n");
	const published = lines.map((line) => /^ref: refs\/heads\/(.+)\tHEAD$/.exec(line)?.[1]).find(Boolean);
	const usual = lines.flatMap((line) => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? []);
	return { published, checkedOut: undefined, there: published === undefined ? usual : [published, ...usual] };
}

/** Empty where it answers with no. */
async function said(args: readonly string[], timeout: number, cancelSignal: AbortSignal): Promise<string> {
	const env = { GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
	const { stdout } = await execa("git", args, { env, reject: false, stdin: "ignore", timeout, cancelSignal });
	cancelSignal.throwIfAborted();
	return stdout;
}

/** It only reads a few small files. */
const localMs = 10_000;
/** One round trip; who is asked for more than that does not answer. */
const remoteMs = 60_000;

function after(prefix: string, ref: string): string | undefined {
	return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}
