// Installs the real coding agents that some tests run, in the versions that they were tried with, and prints the folder
// for SHOPFLOOR_REAL_PROGRAMS. They need some 800 MB, so nothing but this asks for them.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const programs = { "@anthropic-ai/claude-code": "2.1.329", "@openai/codex": "0.169.0" };
/** Half a minute on a good line. */
const INSTALL_MINUTES = 4;

const folder = fileURLToPath(new URL("../node_modules/.cache/real-programs", import.meta.url));
const wanted = JSON.stringify({ private: true, dependencies: programs });

if (read(join(folder, "package.json")) !== wanted) install();
console.log(folder);

/** Elsewhere, and put in place when it is whole. Their scripts only replace a small file by a large one. */
function install() {
	const fresh = `${folder}.${process.pid}`;
	rmSync(fresh, { recursive: true, force: true });
	mkdirSync(fresh, { recursive: true });
	writeFileSync(join(fresh, "package.json"), wanted);
	const { status, stderr } = spawnSync(
		"npm",
		["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"],
		{
			cwd: fresh,
			encoding: "utf8",
			stdio: ["ignore", "ignore", "pipe"],
			timeout: INSTALL_MINUTES * 60_000,
		},
	);
	if (status !== 0) {
		rmSync(fresh, { recursive: true, force: true });
		console.error(
			`The real programs could not be installed; the tests that need them are left out.\n${stderr.slice(-2_000)}`,
		);
		process.exit(1);
	}
	rmSync(folder, { recursive: true, force: true });
	renameSync(fresh, folder);
}

function read(path) {
	return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
