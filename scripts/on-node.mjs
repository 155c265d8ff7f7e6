// Runs a command on other versions of Node, one after the other: `node scripts/on-node.mjs 22 24 26 -- npm test`.
// The binaries come from the registry's `node` package, into a temporary folder that does not outlive the run.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const INSTALL_MINUTES = 5; // A hundred megabytes each.

const separator = process.argv.indexOf("--");
const versions = separator < 0 ? [] : process.argv.slice(2, separator);
const command = separator < 0 ? [] : process.argv.slice(separator + 1);
if (command.length === 0 || versions.length === 0 || versions.some((version) => !/^\d+(\.\d+){0,2}$/.test(version))) {
	console.error("usage: node scripts/on-node.mjs <version> [<version>…] -- <command> [<argument>…]");
	process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "shopfloor-node-"));
// A test starts it as nobody, who must be able to look in.
chmodSync(folder, 0o755);
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const [signal, number] of [
	["SIGHUP", 1],
	["SIGINT", 2],
	["SIGTERM", 15],
])
	process.on(signal, () => process.exit(128 + number));

const outcomes = versions.map((version) => ({ version, outcome: runOn(version) }));
for (const { version, outcome } of outcomes)
	console.log(
		`${outcome === undefined ? "ok    " : "FAILED"}  Node ${version}${outcome === undefined ? "" : `: ${outcome}`}`,
	);
process.exitCode = outcomes.every(({ outcome }) => outcome === undefined) ? 0 : 1;

/** What went wrong; undefined when nothing did. */
function runOn(version) {
	const at = join(folder, version);
	const install = ["install", "--prefix", at, "--no-audit", "--no-fund", "--loglevel=error", `node@${version}`];
	const installed = spawnSync("npm", install, {
		stdio: ["ignore", "ignore", "inherit"],
		timeout: INSTALL_MINUTES * 60_000,
	});
	if (installed.status !== 0) return `it could not be installed (${whyOf(installed)})`;
	const PATH = `${join(at, "node_modules/node/bin")}${delimiter}${process.env.PATH}`;
	const env = { ...process.env, PATH };
	const { stdout } = spawnSync("node", ["--version"], { env, encoding: "utf8" });
	console.log(`\n--- ${command.join(" ")}, on Node ${stdout?.trim()}`);
	const ran = spawnSync(command[0], command.slice(1), { cwd: root, env, stdio: "inherit" });
	return ran.status === 0 ? undefined : `${command.join(" ")} failed (${whyOf(ran)})`;
}

function whyOf({ status, signal, error }) {
	return error?.message ?? signal ?? `exit code ${status}`;
}
