import { expect, test } from "vitest";
import { mentionsChance } from "./chance.ts";

test.each([
	"Math.random() < 0.5",
	"Math['random']()",
	"const { random } = Math;",
	"const M = Math;",
	"new Date()",
	"Date.now() % 2",
	"performance.now()",
	"process.hrtime.bigint()",
	"setTimeout(done, 5)",
	"setImmediate(done)",
	"clock.now()",
	'import { randomUUID } from "node:crypto";',
	"crypto.getRandomValues(bytes)",
	'import { v4 as uuidv4 } from "x";',
	"process.pid % 2",
	"process.uptime()",
	'import { pid } from "node:process";',
	"const { pid } = process;",
	'process["pid"]',
	"os.freemem()",
	'import { loadavg } from "node:os";',
	'globalThis["Ma" + "th"]',
	'[].constructor.constructor("return 1")()',
	'new Function("return 1")',
	'[]["flat"]["constructor"]("return 1")()',
	'execSync("echo $RANDOM")',
	'import { execFileSync } from "node:child_process";',
	'readFileSync("/proc/uptime", "utf8")',
	"AbortSignal.timeout(5)",
])("%s gives reason to look", (text) => {
	expect(mentionsChance(text)).toBe(true);
});

test.each([
	"expect(Math.max(1, 2)).toBe(2)",
	"Math.PI * r ** 2",
	"const update = (candidate) => candidates.push(candidate);",
	"process.env.HOME",
	"class A { constructor() {} }",
	'import { join } from "node:path";',
	"chaos.test",
	"snow()",
	"a process of several steps",
])("%s does not", (text) => {
	expect(mentionsChance(text)).toBe(false);
});
