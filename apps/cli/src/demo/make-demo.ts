/** Copies the sample, makes a repository of it, and configures a factory that works on it with a fast clock. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { demoPlaces, isGone, type Places, uniqueName } from "@shopfloor/core/io";
import { execa } from "execa";

/** Whole or not at all: who dies in the middle leaves a folder with another name. One that is there already is it. */
export async function makeDemo(root: string): Promise<Places> {
	const places = demoPlaces(root);
	const dir = dirname(places.config);
	if (existsSync(places.config)) return places;
	sweepHalfMade(dir);
	const temporary = `${dir}.${uniqueName()}`;
	const project = join(temporary, "project");
	try {
		mkdirSync(temporary);
		cpSync(join(root, "examples", "sample"), project, { recursive: true });
		await git(project, "init", "--quiet", "--initial-branch=main");
		await git(project, "add", "--all");
		await git(project, "commit", "--quiet", "--message", "The sample, with what is wrong in it");
		writeFileSync(join(temporary, "shopfloor.config.json"), `${JSON.stringify(configuration, null, "\t")}\n`);
		renameSync(temporary, dir);
	} catch (error) {
		// Another was quicker, and its copy is as good.
		if (!existsSync(places.config)) throw error;
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
	return places;
}

/** Of those who were killed in the middle. */
function sweepHalfMade(dir: string): void {
	const prefix = `${basename(dir)}.`;
	for (const name of readdirSync(dirname(dir)))
		if (name.startsWith(prefix) && isGone(name.slice(prefix.length)))
			rmSync(join(dirname(dir), name), { recursive: true, force: true });
}

/** No key, no network: the built-in agent in every role, and nobody who is asked. */
const configuration = {
	repository: { path: "project", base: "main" },
	sessions: 2,
	every: { scheduler: "30s", ralph: "2s", reviewer: "10s" },
	review: { policy: "auto" },
	// Whatever else runs on this machine, also a real factory.
	gateway: { port: 0 },
};

const author = ["-c", "user.name=Sample", "-c", "user.email=sample@localhost", "-c", "commit.gpgsign=false"];

/** Without the person's hooks and settings: it is nobody's project. */
async function git(cwd: string, ...args: readonly string[]): Promise<void> {
	const env = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
	await execa("git", [...author, ...args], { cwd, env, stdin: "ignore", timeout: gitMs });
}

/** A commit of sixty files. */
const gitMs = 30_000;
