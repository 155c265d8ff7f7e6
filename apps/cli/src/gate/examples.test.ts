import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";
import { aProject, type Project } from "../testing/a-project.ts";

/** In this order one after the other: what is taken back has landed before. */
const verbs = ["check", "ratchet", "land", "revert", "audit", "watch", "worktree", "worktree ls", "worktree gc"];

test("what the help of a command shows as an example can be typed as it stands", { timeout: 240_000 }, async () => {
	const project = aTypicalProject();
	const cli = aCli({ cwd: project.dir });
	const typed: string[] = [];
	for (const verb of verbs) {
		const { out } = await cli.run(...verb.split(" "), "--help");
		const examples = examplesIn(out);
		expect(examples, verb).not.toEqual([]);
		for (const example of examples) {
			const { code, err } = await cli.run(...wordsOf(withRealCommits(example, project)), ...unsafely(verb));
			typed.push(example);
			// 2 is for what makes no sense, whatever the state of the repository.
			expect([0, 1], `${example}: ${err}`).toContain(code);
		}
	}
	expect(typed.length).toBeGreaterThan(15);
});

/** With the branches and the tag of which the examples speak. */
function aTypicalProject(): Project {
	const project = aProject();
	project.git("tag", "v1");
	project.commit({ "notes.txt": "a note\n" });
	project.git("branch", "develop");
	project.branch("my-branch", { "src/add.js": "export const add = (a, b) => a + b;\n" });
	for (const name of ["one", "two", "three"]) project.branch(name, { [`${name}.txt`]: `${name}\n` });
	return project;
}

function examplesIn(help: string): string[] {
	const [, list = ""] = help.split("\nExamples:\n");
	return list.split("\n").flatMap((line) => /^ {2}npx shopfloor (.+?)(?: {3,}.*)?$/.exec(line)?.[1] ?? []);
}

/** No help can know the names of commits. */
function withRealCommits(example: string, { git }: Project): string {
	return example
		.replace(/@[0-9a-f]{7,40}\b/, () => `@${git("rev-parse", "--short=12", "my-branch")}`)
		.replace(/ [0-9a-f]{7,40}\b/, () => ` ${git("rev-parse", "--short", "main")}`);
}

function wordsOf(line: string): string[] {
	return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

function unsafely(verb: string): string[] {
	return verb === "ratchet" || verb.startsWith("worktree") ? [] : ["--no-sandbox"];
}
