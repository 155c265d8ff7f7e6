/**
 * Preloaded with `node --import "<this file>?into=<folder>"`: notes each program that this process runs in a file of its
 * number there, as a line of JSON: from when to when, and its name; a check's is that of the check, also in a sandbox.
 */

import { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { basename, join } from "node:path";

const file = join(new URL(import.meta.url).searchParams.get("into"), String(process.pid));
const { spawn } = ChildProcess.prototype;

ChildProcess.prototype.spawn = function (options) {
	const from = Date.now();
	const started = spawn.call(this, options);
	const program = checkIn(options.args ?? []) ?? basename(options.file);
	this.once("exit", () => appendFileSync(file, `${JSON.stringify({ from, to: Date.now(), program })}\n`));
	return started;
};

/** The words of the program stand among those of whoever starts it. */
function checkIn(words) {
	return /\/\.bin\/(tsc|vitest)(\s|$)/m.exec(words.join("\n"))?.[1];
}
