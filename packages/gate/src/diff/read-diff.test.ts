import { execFileSync } from "node:child_process";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { Git } from "../git/git.ts";
import type { ChangedFile } from "./diff.ts";
import { textBytesMax } from "./diff.ts";
import { filesMax, readDiff, readDiffs } from "./read-diff.ts";
import { type Files, writeCommits } from "./write-commits.ts";

function bareRepository(): Git {
	const dir = tempDir();
	execFileSync("git", ["init", "-q", "--bare", dir]);
	return new Git({ gitDir: dir });
}

async function changed(before: Files, after: Files): Promise<readonly ChangedFile[]> {
	const git = bareRepository();
	const [written] = await writeCommits(git, [{ before, after: [after] }]);
	return (await readDiff(git, written?.base ?? "", written?.head ?? "")).files;
}

test("a changed file tells its lines on both sides", async () => {
	const files = await changed({ "a.ts": "one\ntwo\nthree\n" }, { "a.ts": "one\n2\nthree\nfour\n" });
	expect(files).toEqual([
		{
			status: "modified",
			path: "a.ts",
			from: "a.ts",
			modeBefore: "100644",
			modeAfter: "100644",
			before: "one\ntwo\nthree\n",
			after: "one\n2\nthree\nfour\n",
			bytesBefore: 14,
			bytesAfter: 17,
			binary: false,
			hunks: [
				{ beforeLine: 2, removed: ["two"], afterLine: 2, added: ["2"] },
				{ beforeLine: 3, removed: [], afterLine: 4, added: ["four"] },
			],
		},
	]);
});

test("files that come, go and move are told apart", async () => {
	const text = "a\nb\nc\nd\ne\nf\n";
	const files = await changed({ "gone.ts": "x\n", "old.ts": text }, { "new/name.ts": `${text}g\n`, "z.ts": "" });
	expect(files.map(({ status, from, path }) => [status, from, path])).toEqual([
		["deleted", "gone.ts", "gone.ts"],
		["renamed", "old.ts", "new/name.ts"],
		["added", null, "z.ts"],
	]);
	expect(files[0]?.after).toBeNull();
	expect(files[1]?.hunks).toEqual([{ beforeLine: 6, removed: [], afterLine: 7, added: ["g"] }]);
	expect(files[2]).toMatchObject({ before: null, after: "", hunks: [], modeBefore: null });
});

test.each([
	"a\nb.ts",
	'quo"te.ts',
	"-rf",
	"--output=x",
	"tab\there.ts",
	"back\\slash.ts",
	"größe/日本.ts",
	" b/b a",
	"diff --git a b",
	":100644 100644 x",
])("a file named %j is read like any other", async (path) => {
	const files = await changed({ [path]: "a\n", other: "o\n" }, { [path]: "b\n", other: "p\n" });
	expect(files.find((file) => file.path === path)).toMatchObject({
		from: path,
		hunks: [{ removed: ["a"], added: ["b"] }],
	});
	expect(files.find((file) => file.path === "other")?.hunks[0]?.added).toEqual(["p"]);
});

test("a name that is no UTF-8 does not shift what belongs to other files", async () => {
	const git = bareRepository();
	const blob = async (text: string) => await git.text(["hash-object", "-w", "--stdin"], { input: text });
	const tree = async (a: string, b: string) =>
		await git.text(["mktree", "-z"], {
			input: Buffer.concat([
				Buffer.from(`100644 blob ${await blob(a)}\t`),
				Buffer.from([0xff, 0xfe, 0x61, 0]),
				Buffer.from(`100644 blob ${await blob(b)}\tplain\0`),
			]),
		});
	const { files } = await readDiff(git, await tree("1\n", "2\n"), await tree("3\n", "4\n"));
	expect(files.map(({ path, after }) => [path, after])).toEqual([
		["plain", "4\n"],
		["��a", "3\n"],
	]);
});

test("lines that look like the patch's own are lines", async () => {
	const before = "@@ -1 +1 @@\n-- a\n";
	const after = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,9 @@\n\\ No newline at end of file\n";
	const [file, last] = await changed({ "a.txt": before, z: "1\n" }, { "a.txt": after, z: "2\n" });
	expect(file?.hunks.flatMap(({ added }) => added).join("\n")).toBe(after.trimEnd());
	expect(last?.hunks[0]?.added).toEqual(["2"]);
});

test("line ends stay what they are, and a missing last one is no line", async () => {
	const [crlf, none] = await changed({ "a.ts": "a\r\nb\r\n", "b.ts": "x" }, { "a.ts": "a\r\nc\r\n", "b.ts": "x\ny" });
	expect(crlf?.hunks).toEqual([{ beforeLine: 2, removed: ["b\r"], afterLine: 2, added: ["c\r"] }]);
	expect(none?.hunks).toEqual([{ beforeLine: 1, removed: ["x"], afterLine: 1, added: ["x", "y"] }]);
});

test("rights, links and other repositories are told by their mode", async () => {
	const commit = "1".repeat(40);
	const files = await changed(
		{ "run.sh": "#!/bin/sh\n", becomes: "text\n", sub: { mode: "160000", text: commit } },
		{
			"run.sh": { mode: "100755", text: "#!/bin/sh\n" },
			becomes: { mode: "120000", text: "../../etc/passwd" },
			sub: { mode: "160000", text: "2".repeat(40) },
			zz: "last\n",
		},
	);
	expect(files.map(({ path, modeBefore, modeAfter, after }) => [path, modeBefore, modeAfter, after])).toEqual([
		["becomes", "100644", "120000", "../../etc/passwd"],
		["run.sh", "100644", "100755", "#!/bin/sh\n"],
		["sub", "160000", "160000", null],
		["zz", null, "100644", "last\n"],
	]);
	expect(files[1]?.hunks).toEqual([]);
	expect(files[3]?.hunks[0]?.added).toEqual(["last"]);
});

test("bytes that are no text have no lines, whatever attributes say", async () => {
	const [attributes, binary, text] = await changed(
		{ "b.dat": "a\0b", "c.ts": "1\n" },
		{ ".gitattributes": "*.ts binary\n*.dat text\n", "b.dat": "a\0c", "c.ts": "2\n" },
	);
	expect(attributes?.path).toBe(".gitattributes");
	expect(binary).toMatchObject({ binary: true, before: null, after: null, hunks: [], bytesAfter: 3 });
	expect(text).toMatchObject({ binary: false, hunks: [{ removed: ["1"], added: ["2"] }] });
});

test("attributes beside the repository cannot hide the lines of a text", async () => {
	const git = bareRepository();
	execFileSync("sh", ["-c", `mkdir -p "$1/info" && echo '*.ts -diff' > "$1/info/attributes"`, "sh", git.place.gitDir]);
	const [written] = await writeCommits(git, [{ before: { "a.ts": "1\n" }, after: [{ "a.ts": "2\n" }] }]);
	const [file] = (await readDiff(git, written?.base ?? "", written?.head ?? "")).files;
	expect(file?.hunks).toEqual([{ beforeLine: 1, removed: ["1"], afterLine: 1, added: ["2"] }]);
});

test("a file above the bound is told by its size, and not read", async () => {
	const [big, small] = await changed({ "a.ts": "x\n" }, { "a.ts": "y".repeat(textBytesMax + 1), "b.ts": "z\n" });
	expect(big).toMatchObject({ after: null, bytesAfter: textBytesMax + 1, binary: false });
	expect(small?.after).toBe("z\n");
});

test("a change of too many files is refused as a whole", async () => {
	const git = bareRepository();
	const names = Array.from({ length: filesMax + 1 }, (_, index) => [`f${index}`, ""]);
	const [written] = await writeCommits(git, [{ before: {}, after: [Object.fromEntries(names)] }]);
	await expect(readDiff(git, written?.base ?? "", written?.head ?? "")).rejects.toMatchObject({ code: "too-large" });
});

test("a change of too many bytes is refused as a whole", async () => {
	const git = bareRepository();
	const text = (n: number) => `${n}\n`.padEnd(textBytesMax, "x");
	const files = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`f${index}`, text(index)]));
	const [written] = await writeCommits(git, [{ before: {}, after: [files] }]);
	await expect(readDiff(git, written?.base ?? "", written?.head ?? "")).rejects.toMatchObject({ code: "too-large" });
});

test("what is no commit is a fault and no empty change", async () => {
	const git = bareRepository();
	await expect(readDiff(git, "--output=/tmp/x", "HEAD")).rejects.toMatchObject({ code: "git-failed" });
});

test("many changes are read at once as each of them alone", async () => {
	const git = bareRepository();
	const link = { mode: "120000", text: "a" };
	const pairs = await writeCommits(git, [
		{ before: { a: "1\n" }, after: [{ a: "2\n", b: "x\n" }] },
		{ before: { a: "1\n" }, after: [{ a: "1\n" }] },
		{ before: { a: "1\n" }, after: [{ a: link }] },
		{ before: { "a\nb": "one\ntwo\nthree\nfour\n" }, after: [{ c: "one\ntwo\nthree\n" }] },
	]);
	const alone = [];
	for (const { base, head } of pairs) alone.push(await readDiff(git, base, head));
	expect(await readDiffs(git, pairs)).toEqual(alone);
	expect(alone.map(({ files }) => files.length)).toEqual([2, 0, 1, 1]);
});
