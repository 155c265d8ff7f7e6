// The project and its changes as a repository of git, as a person would have it.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../measure.mjs";
import { manifest } from "./project.mjs";

/** Made by the registry's client; made once, since nothing in it is of the seed. */
export function lockfileOf(say) {
	const dir = scratch();
	writeFileSync(join(dir, "package.json"), JSON.stringify(manifest));
	say("asking the registry for the project's dependencies…");
	try {
		execFileSync("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], {
			cwd: dir,
			stdio: ["ignore", "ignore", "pipe"],
		});
	} catch (error) {
		throw new Error(`The project of this benchmark needs a package registry, and npm says:\n${error.stderr}`);
	}
	return readFileSync(join(dir, "package-lock.json"), "utf8");
}

/** A checkout with `files` on main, and a branch with one commit for each of `changes`. */
export function makeRepository(dir, files, changes) {
	mkdirSync(dir, { recursive: true });
	const git = (args, input) =>
		execFileSync("git", args, { cwd: dir, input, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
	git(["init", "--quiet", "--initial-branch=main"]);
	const commits = [
		...commitOf("main", undefined, "Begin", files),
		...changes.flatMap(({ name, files }) => commitOf(name, "main", `Change: ${name}`, files)),
	];
	git(["fast-import", "--quiet"], commits.join(""));
	git(["reset", "--quiet", "--hard", "main"]);
	return dir;
}

function commitOf(branch, from, message, files) {
	return [
		`commit refs/heads/${branch}\ncommitter Bench <bench@localhost> 1760000000 +0000\n`,
		`data ${message.length}\n${message}\n`,
		from === undefined ? "" : `from refs/heads/${from}\n`,
		...Object.entries(files).map(([path, text]) =>
			text === null ? `D ${path}\n` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
		),
		"\n",
	];
}
