import { expect, test } from "vitest";
import { commitOf, treeOf } from "../git/objects.ts";
import { fetch, mirrored } from "../git/store.ts";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { baseAt } from "./combine.ts";
import { keepBoth, reapply } from "./reapply.ts";

const list = (...lines: readonly string[]) => `${["first", ...lines, "last"].join("\n")}\n`;

test("two that added at the same place both stay, the base's first", async () => {
	const { project, reapplied } = await overtaken({ base: list(), change: list("mine"), meanwhile: list("theirs") });
	const { commit, show } = await reapplied();
	expect(show(`${commit}:list.txt`)).toBe(list("theirs", "mine").trimEnd());
	expect(show("-s", "--format=%P %an %cn %s", commit)).toBe(
		`${project.git("rev-parse", "main")} Tester Shopfloor Work on work`,
	);
	expect((await reapplied()).commit, "the same each time").toBe(commit);
});

test("a change that meets nothing is only moved", async () => {
	const { reapplied } = await overtaken({ base: list(), change: `zero\n${list()}`, meanwhile: `${list()}more\n` });
	const { commit, show } = await reapplied();
	expect(show(`${commit}:list.txt`)).toBe(`zero\n${list()}more`);
});

test.each<[string, Parameters<typeof overtaken>[0]]>([
	["changed", { base: list("a"), change: list("mine"), meanwhile: list("theirs") }],
	["brought a mark", { base: list("======="), change: list("=======", "b"), meanwhile: list("=======", "c") }],
	["brought bytes", { base: list("\0"), change: list("\0", "b"), meanwhile: list("\0", "c") }],
])("where one %s what the other touched, it is for the author", async (_what, files) => {
	const { found } = await overtaken(files);
	expect(await found()).toEqual({ kind: "conflict", files: ["list.txt"] });
});

test("what is not marked as it should be is for the author, too", () => {
	expect(keepBoth("<<<<<<< a\nx\n=======\ny\n>>>>>>> b")).toBeUndefined();
	expect(keepBoth("<<<<<<< a\nx\n||||||| c\n=======\ny")).toBeUndefined();
	expect(keepBoth("<<<<<<< a\nx\n||||||| c\nold\n=======\n>>>>>>> b")).toBeUndefined();
	expect(keepBoth("<<<<<<< a\nx\n||||||| c\n=======\ny\n>>>>>>> b\nz")).toBe("x\ny\nz");
});

async function overtaken({ base, change, meanwhile }: Record<"base" | "change" | "meanwhile", string>) {
	const project = aRepository({ "list.txt": base });
	project.branch("work", { "list.txt": change });
	project.commit({ "list.txt": meanwhile });
	const store = await aStore(project.dir);
	await fetch(store);
	const [work = "", main = ""] = await Promise.all(["work", "main"].map((name) => commitOf(store.git, mirrored(name))));
	const found = async () => await reapply(store.git, work, await baseAt(store.git, main));
	return {
		project,
		found,
		async reapplied() {
			const one = await found();
			if (one.kind !== "reapplied") throw new Error(`it is a conflict in ${one.files}`);
			await treeOf(store.git, one.commit);
			const show = (...args: string[]) => project.git(`--git-dir=${store.git.place.gitDir}`, "show", ...args);
			return { commit: one.commit, show };
		},
	};
}
