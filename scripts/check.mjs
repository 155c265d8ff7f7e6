// Everything that can be known about the tree without running it. One line per check, and the words of those
// that fail; all are run, so that one look shows all there is to mend.

import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

// The compiler goes first and alone: the others follow imports into what it writes, and it wants both cores.
const first = { name: "types", command: "tsc", args: ["-b"] };
const rest = [
	{ name: "style", command: "biome", args: ["check", "--error-on-warnings"] },
	{ name: "direction", command: "depcruise", args: ["apps", "packages", "tests"] },
	{ name: "unused", command: "knip", args: ["--no-progress"] },
	{ name: "documents", command: process.execPath, args: ["scripts/check-docs.mjs"] },
];

const passed = [await check(first), ...(await Promise.all(rest.map(check)))];
process.exitCode = passed.every(Boolean) ? 0 : 1;

async function check({ name, command, args }) {
	const begun = performance.now();
	const { ok, output } = await run(command, args);
	const seconds = ((performance.now() - begun) / 1000).toFixed(1);
	console.log(`${ok ? "ok    " : "FAILED"}  ${name.padEnd(10)} ${seconds.padStart(5)} s`);
	if (!ok) console.log(`${output.trimEnd()}\n`);
	return ok;
}

function run(command, args) {
	const PATH = `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
	return new Promise((resolve) => {
		let output = "";
		const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, PATH } });
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (text) => {
				output += text;
			});
		}
		child.on("error", (error) => resolve({ ok: false, output: `${command} could not start: ${error.message}` }));
		child.on("close", (code) => resolve({ ok: code === 0, output }));
	});
}
