import { expect, test } from "vitest";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { ChangedFile, Diff } from "../ratchet/rule.ts";
import { newTests } from "./new-tests.ts";
import { planProof } from "./plan.ts";

const kinds = fileKinds();

test("with the code of the base, what changed is as it was, what came is gone and what went is back", () => {
	const plan = planProof(
		aDiff(
			aFile("src/changed.ts", "old", "new"),
			aFile("src/added.ts", null, "new"),
			aFile("src/deleted.json", "{}", null),
			aFile("src/moved.ts", "same", "same", "src/before.ts"),
		),
		kinds,
	);
	expect(plan).toEqual({
		kind: "code-and-tests",
		changed: ["src/changed.ts", "src/added.ts", "src/moved.ts"],
		overlay: new Map([
			["src/changed.ts", "old"],
			["src/added.ts", null],
			["src/moved.ts", null],
			["src/deleted.json", "{}"],
			["src/before.ts", "same"],
		]),
	});
});

test("a file may take the name that another leaves", () => {
	const plan = planProof(aDiff(aFile("src/b.ts", "a", "a", "src/a.ts"), aFile("src/a.ts", null, "new")), kinds);
	expect(plan.kind === "code-and-tests" && [...plan.overlay]).toEqual([
		["src/b.ts", null],
		["src/a.ts", "a"],
	]);
});

test.each([
	["src/a.test.ts"],
	["tests/helpers/server.ts"],
	["src/testing/a-user.ts"],
	["src/fixtures/rows.json"],
	["docs/guide.md"],
	["src/style.css"],
	["package.json"],
	["vitest.config.ts"],
	["src/types.d.ts"],
])("%s is no code that would be taken back", (path) => {
	expect(planProof(aDiff(aFile(path, "old", "new")), kinds)).toEqual({ kind: "tests-only" });
});

test("what is no text stays as it is", () => {
	const link = { ...aFile("src/link.ts", "a", "b"), modeBefore: "120000", modeAfter: "120000" };
	expect(planProof(aDiff(link, { ...aFile("src/blob.json", "a", "b"), binary: true }), kinds)).toEqual({
		kind: "tests-only",
	});
});

const body = "expect(add(1, 2)).toBe(3)";
const textOf = (title: string, inner = body) => `test("${title}", () => { ${inner}; });`;

test.each([
	["added", { before: "", after: textOf("adds"), was: [], is: ["adds"] }, ["adds"]],
	["there before", { before: textOf("adds"), after: textOf("adds"), was: ["adds"], is: ["adds"] }, []],
	["renamed", { before: textOf("adds"), after: textOf("sums"), was: ["adds"], is: ["sums"] }, []],
	[
		"renamed and changed",
		{ before: textOf("adds"), after: textOf("sums", "add()"), was: ["adds"], is: ["sums"] },
		["sums"],
	],
	[
		"copied",
		{ before: textOf("adds"), after: textOf("adds") + textOf("sums"), was: ["adds"], is: ["adds", "sums"] },
		["sums"],
	],
	[
		"renamed and copied",
		{ before: textOf("adds"), after: textOf("a") + textOf("b"), was: ["adds"], is: ["a", "b"] },
		["b"],
	],
] as const)("a test that was %s", (_, { before, after, was, is }, expected) => {
	const diff = aDiff(aFile("a.test.ts", before, after));
	const found = newTests({
		base: was.map((name) => aResult(name)),
		head: is.map((name) => aResult(name)),
		diff,
		kinds,
	});
	expect(found.map(({ name }) => name)).toEqual(expected);
});

test("a test that moved to another file is not new", () => {
	const diff = aDiff(aFile("a.test.ts", textOf("adds"), null), aFile("b.test.ts", null, textOf("adds")));
	expect(newTests({ base: [aResult("adds")], head: [aResult("adds", "b.test.ts")], diff, kinds })).toEqual([]);
});

test("a test that does not pass is not asked for a proof", () => {
	const head = [
		{ ...aResult("fails"), state: "failed" as const },
		{ ...aResult("is skipped"), state: "skipped" as const },
	];
	expect(newTests({ base: [], head, diff: aDiff(), kinds })).toEqual([]);
});

function aResult(name: string, file = "a.test.ts") {
	return { id: `${file} > ${name}`, file, name, state: "passed" as const, ms: 1 };
}

function aDiff(...files: readonly ChangedFile[]): Diff {
	return { base: "base", head: "head", files };
}

function aFile(path: string, before: string | null, after: string | null, from = path): ChangedFile {
	return {
		status: before === null ? "added" : after === null ? "deleted" : from === path ? "modified" : "renamed",
		path,
		from: before === null ? null : from,
		modeBefore: before === null ? null : "100644",
		modeAfter: after === null ? null : "100644",
		before,
		after,
		bytesBefore: before?.length ?? 0,
		bytesAfter: after?.length ?? 0,
		binary: false,
		hunks: [],
	};
}
