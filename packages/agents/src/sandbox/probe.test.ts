import { readdirSync } from "node:fs";
import {
	bubblewrapRunner,
	processGroupRunner,
	sandboxAvailable,
	unshareAvailable,
	unshareRunner,
} from "@shopfloor/core/io";
import { needs, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { holds, probeSandbox } from "./probe.ts";

/** Eight small runs, some of which must be ended; on a machine under load each takes seconds. */
const patience = { timeout: 180_000 };

describe.for([
	{ runner: bubblewrapRunner, available: await sandboxAvailable() },
	{ runner: unshareRunner, available: await unshareAvailable() },
])("a sandbox by $runner.name", patience, ({ runner, available }) => {
	test("holds against all that is tried", async (context) => {
		if (available.kind === "missing") context.skip(available.why);
		const stateDir = tempDir();
		const probed = await probeSandbox(runner, stateDir);
		expect(probed.results.filter(({ held }) => !held)).toEqual([]);
		expect(probed.results).toHaveLength(19);
		expect(holds(probed)).toBe(true);
		expect(readdirSync(stateDir)).toEqual([]);
	});
});

test("without one nearly all of it succeeds, so that it would be seen", patience, async (context) => {
	needs(context, "linux");
	const stateDir = tempDir();
	const probed = await probeSandbox(processGroupRunner, stateDir);
	const open = probed.results.filter(({ held }) => !held).map(({ name }) => name);
	expect(open).toEqual(
		expect.arrayContaining([
			"secret of the factory",
			"home of others",
			"writing outside",
			"repository",
			"pointer to the repository",
			"other processes",
			"signal",
			"socket",
			"network",
			"nothing left behind",
		]),
	);
	expect(holds(probed)).toBe(false);
	expect(readdirSync(stateDir)).toEqual([]);
});
