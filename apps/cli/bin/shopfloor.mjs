#!/usr/bin/env node
// The installer links this file before the first build, when dist/ does not exist yet.
import { existsSync } from "node:fs";

const main = new URL("../dist/main.js", import.meta.url);

if (existsSync(main)) {
	await import(main.href);
} else {
	console.error("shopfloor is not built yet. Build it with: npm run bootstrap");
	process.exitCode = 1;
}
