import { execFileSync } from "node:child_process";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { Git } from "../git/git.ts";
import { textBytesMax } from "./diff.ts";
import { type AddedText, readAddedText } from "./read-added-text.ts";
import { type Files, writeCommits } from "./write-commits.ts";

async function added(before: Files, ...after: Files[]): Promise<readonly AddedText[]> {
	const git = bareRepository();
	const [written] = await writeCommits(git, [{ before, after }]);
	return await readAddedText(git, written?.base ?? "", written?.head ?? "");
}

function bareRepository(): Git {
	const dir = tempDir();
	execFileSync("git", ["init", "-q", "--bare", dir]);
	return new Git({ gitDir: dir });
}

const inFiles = (texts: readonly AddedText[]) =>
	texts
		.filter(({ path }) => path !== null)
		.map(({ path, lines }) => [path, ...lines.map(({ line, text }) => [line, text])]);

test("what one commit adds and the next takes away is still told", async () => {
	const texts = await added({ a: "1\n" }, { a: "1\nsecret\n", "b\nc": "x\n" }, { a: "1\n" });
	expect(inFiles(texts)).toEqual([["a"], ["b\nc"], ["a", [2, "secret"]], ["b\nc", [1, "x"]]]);
});

test("the message and the names of every commit are told", async () => {
	const texts = await added({}, { a: "1\n" }, { a: "2\n" });
	const messages = texts.filter(({ path }) => path === null);
	expect(messages).toHaveLength(2);
	expect(messages[0]?.lines.map(({ text }) => text).slice(0, 2)).toEqual(["T <t@t>", "T <t@t>"]);
});

test("a moved file adds nothing but its changed lines", async () => {
	const text = "a\nb\nc\nd\ne\nf\n";
	expect(inFiles(await added({ old: text }, { new: `${text}g\n` }))).toEqual([["new", [7, "g"]]]);
});

test("a file that claims to be binary is searched whole", async () => {
	expect(inFiles(await added({}, { a: "\0key=abc\n" }))).toEqual([["a"], ["a", [null, "\nkey=abc\n"]]]);
});

test("a file that is too large to be searched is told", async () => {
	const texts = await added({}, { a: "x".repeat(textBytesMax + 1) });
	expect(texts.filter(({ unread }) => unread).map(({ path }) => path)).toEqual(["a"]);
});

test("a first commit without a parent counts with all its lines", async () => {
	const git = bareRepository();
	const [one, two] = await writeCommits(git, [
		{ before: { a: "1\n" }, after: [] },
		{ before: { b: "secret\n" }, after: [{ b: "" }] },
	]);
	expect(inFiles(await readAddedText(git, one?.base ?? "", two?.head ?? ""))).toEqual([["b"], ["b", [1, "secret"]]]);
});

test("a merge adds what none of its parents has", async () => {
	const git = bareRepository();
	const [ours, theirs, merged] = await writeCommits(git, [
		{ before: { a: "1\n" }, after: [{ a: "1\n", b: "ours\n" }] },
		{ before: { a: "1\n" }, after: [{ a: "1\n", c: "theirs\n" }] },
		{ before: { a: "1\nevil\n", b: "ours\n", c: "theirs\n" }, after: [] },
	]);
	const tree = await git.text(["rev-parse", `${merged?.base}^{tree}`]);
	const who = { GIT_AUTHOR_NAME: "T", GIT_AUTHOR_EMAIL: "t", GIT_COMMITTER_NAME: "T", GIT_COMMITTER_EMAIL: "t" };
	const args = ["commit-tree", tree, "-p", ours?.head ?? "", "-p", theirs?.head ?? ""];
	const merge = await git.text(args, { input: "m", env: who });
	const lines = inFiles(await readAddedText(git, theirs?.head ?? "", merge)).filter((file) => file.length > 1);
	expect(lines).toEqual([
		["a", [2, "evil"]],
		["b", [1, "ours"]],
	]);
});

test("an empty range has no text", async () => {
	const git = bareRepository();
	const [written] = await writeCommits(git, [{ before: { a: "1\n" }, after: [] }]);
	expect(await readAddedText(git, written?.base ?? "", written?.base ?? "")).toEqual([]);
});
