import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { readDefinition } from "../definition/gate-definition.ts";
import { treeOf } from "../git/objects.ts";
import { mirrored } from "../git/store.ts";
import type { Environment } from "../receipts/receipt.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { anOutcome } from "../verdict/testing/an-outcome.ts";
import { resultKey, resultsIn, withPasses } from "./results.ts";

const environment: Environment = {
	node: "v20",
	platform: "linux",
	dependencies: null,
	tools: null,
	lent: null,
	sandbox: false,
};

test("what a check does not read does not run it again; where a link leads to is read whatever it is called", async () => {
	const project = aRepository({
		"package.json": '{ "devDependencies": { "typescript": "6" } }',
		"tsconfig.json": "{}",
		"src/a.ts": "export {};",
		"readme.md": "one",
		lib: { link: "src" },
	});
	const changes: Readonly<Record<string, Files>> = {
		words: { "readme.md": "two" },
		source: { "src/a.ts": "export const a = 1;" },
		configuration: { "tsconfig.json": '{ "compilerOptions": { "strict": true } }' },
		link: { lib: { link: "dist" } },
	};
	for (const [name, files] of Object.entries(changes)) project.branch(name, files);
	const store = await aStore(project.dir);
	const { definition } = await readDefinition(store.git, mirrored("main"));
	const [types] = definition.checks;
	if (types === undefined) throw new Error("a compiler is detected");
	const keyOf = async (branch: string) =>
		await resultKey(store.git, types, await treeOf(store.git, mirrored(branch)), environment);
	const main = await keyOf("main");
	expect(await keyOf("words")).toBe(main);
	for (const name of ["source", "configuration", "link"]) expect(await keyOf(name)).not.toBe(main);
});

test("what failed in a result and passed later can pass; nothing else in it changes", () => {
	const kept = anOutcome({ "a > x": "failed", "a > y": "failed", "b > z": "passed" });
	const again = anOutcome({ "a > x": "passed", "a > y": "failed", "b > z": "failed", "c > new": "passed" });
	expect(withPasses(kept, again)).toEqual(anOutcome({ "a > x": "passed", "a > y": "failed", "b > z": "passed" }));
	expect(withPasses(anOutcome({ "a > x": "failed" }), again)).toEqual(anOutcome({ "a > x": "passed" }));
	expect(withPasses(anOutcome({ "a > x": "failed" }, ["a|1|m"]), again).exitCode).toBe(1);
	expect(withPasses(kept, { kind: "broken", reason: "killed", detail: "", ms: 1 })).toEqual(kept);
});

test("a result is kept until it is replaced or removed", async () => {
	const results = resultsIn(tempDir());
	results.remove("one");
	await results.write("one", anOutcome({ "a > x": "passed" }));
	await results.write("one", anOutcome({ "a > x": "failed" }));
	expect(results.read("one")).toEqual(anOutcome({ "a > x": "failed" }));
	results.remove("one");
	expect(results.read("one")).toBeUndefined();
});
