import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Where `.ci/run` wants a report it can count; a person at a terminal needs none. */
const report = process.env["SHOPFLOOR_TEST_REPORT"];

/** Where `scripts/real-programs.mjs` puts them; whoever installed them has them tested. */
const realPrograms = fileURLToPath(new URL("node_modules/.cache/real-programs", import.meta.url));

export default defineConfig({
	test: {
		include: ["{packages,apps}/*/src/**/*.test.ts", "tests/**/*.test.ts", "scripts/**/*.test.mjs"],
		globalSetup: "scripts/test-notice.mjs",
		// Tests start, signal and kill real processes, which worker threads cannot do to themselves.
		pool: "forks",
		// Stories measure time limits; more workers than this starve each other on a small machine.
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 30_000,
		env:
			process.env["SHOPFLOOR_REAL_PROGRAMS"] === undefined && existsSync(realPrograms)
				? { SHOPFLOOR_REAL_PROGRAMS: realPrograms }
				: {},
		reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
	},
});
