import { describe, expect, test } from "vitest";
import { mirrored } from "../git/store.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { parseDefinition, readDefinition } from "./gate-definition.ts";

const base = mirrored("main");

describe("without a definition, the checks are read off the base's files", () => {
	test.each<[string, Record<string, string>, string[]]>([
		["nothing", { "a.txt": "" }, []],
		[
			"TypeScript and vitest",
			{ "tsconfig.json": "{}", "package.json": uses("typescript", "vitest") },
			["tsc --noEmit", "vitest run"],
		],
		[
			"a solution",
			{ "tsconfig.json": '{"files": [], "references": []}', "package.json": uses("typescript") },
			["tsc -b --noEmit"],
		],
		["TypeScript without a configuration", { "package.json": uses("typescript") }, []],
		[
			"the runner that the script names",
			{ "package.json": `{"scripts":{"test":"mocha && true"},"devDependencies":{"vitest":"4","mocha":"11"}}` },
			["mocha --reporter tap"],
		],
		[
			"node's own runner",
			{ "package.json": `{"scripts":{"test":"node --test"}}` },
			["node --test --test-reporter=tap"],
		],
		["a manifest of rubbish", { "package.json": "{" }, []],
	])("%s", async (_, files, runs) => {
		const store = await aStore(aRepository(files).dir);
		const { definition, from } = await readDefinition(store.git, base);
		expect(definition.checks.map(({ run }) => run)).toEqual(runs);
		expect(from).toBe("detected");
	});
});

test("what the base says counts, and not what a branch says", async () => {
	const project = aRepository({
		".shopfloor/gate.json": '{"checks":[{"name":"unit","run":"node check.js","reports":"exit"}]}',
	});
	project.branch("cheat", { ".shopfloor/gate.json": '{"checks":[]}' });
	const store = await aStore(project.dir);
	const { definition, from } = await readDefinition(store.git, base);
	expect(definition.checks.map(({ name }) => name)).toEqual(["unit"]);
	expect(from).toBe("file");
});

test("two definitions have one hash when they measure alike, whatever the order of their keys", async () => {
	const one = '{"checks":[{"name":"unit","run":"x","reports":"exit"}],"tests":["t/**"]}';
	const same = '{"tests":["t/**"],"$schema":"x","checks":[{"reports":"exit","name":"unit","run":"x","wall":"10m"}]}';
	const other = '{"checks":[{"name":"unit","run":"y","reports":"exit"}],"tests":["t/**"]}';
	const hashes = await Promise.all(
		[one, same, other].map(async (text) => {
			const store = await aStore(aRepository({ ".shopfloor/gate.json": text }).dir);
			return (await readDefinition(store.git, base)).hash;
		}),
	);
	expect(hashes[1]).toBe(hashes[0]);
	expect(hashes[2]).not.toBe(hashes[0]);
});

test("every fault of a definition is named at once", () => {
	expect(() =>
		parseDefinition('{"checks":[{"name":"A b","run":"","reports":"vites"}],"chekcs":[]}'),
	).toThrowErrorMatchingInlineSnapshot(`
		[ShopfloorError: .shopfloor/gate.json of the base cannot be used:
		  checks.0.name: lower-case letters, digits and '-', at most 40
		  checks.0.run: Too small: expected string to have >=1 characters
		  checks.0.reports: Invalid option: expected one of "tsc"|"vitest"|"junit"|"tap"|"exit"
		  Unrecognized key: "chekcs"]
	`);
	expect(() => parseDefinition("{")).toThrow(/no JSON/);
	expect(() => parseDefinition('{"checks":[],"copy":["../id_rsa","/etc/passwd"]}')).toThrow(
		/id_rsa leads out.*\n.*passwd leads out/s,
	);
	const twice = '{"name":"a","run":"x","reports":"exit"}';
	expect(() => parseDefinition(`{"checks":[${twice},${twice}]}`)).toThrow(/two are called "a"/);
});

function uses(...names: string[]): string {
	return JSON.stringify({ devDependencies: Object.fromEntries(names.map((name) => [name, "1"])) });
}
