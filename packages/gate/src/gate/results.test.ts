import { expect, test } from "vitest";
import { readDefinition } from "../definition/gate-definition.ts";
import { treeOf } from "../git/objects.ts";
import { mirrored } from "../git/store.ts";
import type { Environment } from "../receipts/receipt.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { resultKey } from "./results.ts";

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
