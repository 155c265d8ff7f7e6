import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Where `.ci/run` wants a report it can count; a person at a terminal needs none. */
const report = process.env["SHOPFLOOR_TEST_REPORT"];

/** Where `scripts/real-programs.mjs` puts them; whoever installed them has them tested. */
const realPrograms = fileURLToPath(new URL("node_modules/.cache/real-programs", import.meta.url));

/** Stories wait most of their time: begun first, they do so beside what computes, and none is left for the end. */
class StoriesFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const isStory = ({ moduleId }: TestSpecification) => moduleId.startsWith(stories);
		return [...sorted.filter(isStory), ...sorted.filter((file) => !isStory(file))];
	}
}

const stories = fileURLToPath(new URL("tests/", import.meta.url));

export default defineConfig({
	test: {
		include: ["{packages,apps}/*/src/**/*.test.ts", "tests/**/*.test.ts", "scripts/**/*.test.mjs"],
		globalSetup: "scripts/test-notice.mjs",
		// Tests start, signal and kill real processes, which worker threads cannot do to themselves.
		pool: "forks",
		sequence: { sequencer: StoriesFirst },
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
