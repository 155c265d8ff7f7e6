/** A person's repository with one small program and its test, for commands that look at one. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";

export interface Project {
	readonly dir: string;
	git(...args: string[]): string;
	write(files: Readonly<Record<string, string>>): void;
	/** Returns the commit. */
	commit(files: Readonly<Record<string, string>>, message?: string): string;
	/** A branch with one commit on top of main; the checkout stays there. */
	branch(name: string, files: Readonly<Record<string, string>>): void;
}

export function aProject(): Project {
	const dir = join(tempDir(), "project");
	mkdirSync(dir);
	const project: Project = {
		dir,
		git: (...args) =>
			execFileSync("git", args, { cwd: dir, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd(),
		write(files) {
			for (const [path, text] of Object.entries(files)) {
				mkdirSync(dirname(join(dir, path)), { recursive: true });
				writeFileSync(join(dir, path), text);
			}
		},
		commit(files, message = "A change") {
			project.write(files);
			project.git("add", "--all");
			project.git("commit", "--quiet", "-m", message);
			return project.git("rev-parse", "HEAD");
		},
		branch(name, files) {
			project.git("checkout", "--quiet", "-b", name, "main");
			project.commit(files, `Work on ${name}`);
			project.git("checkout", "--quiet", "main");
		},
	};
	project.git("init", "--quiet", "--initial-branch=main");
	project.git("config", "user.name", "Ana");
	project.git("config", "user.email", "ana@localhost");
	project.commit({
		"package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
		"src/add.js": "export function add(a, b) {\n\treturn a + b;\n}\n",
		"test/add.test.js": testFile("add", "adds", "add(1, 2)", "3"),
	});
	return project;
}

export function testFile(of: string, name: string, is: string, expected: string): string {
	return `import assert from "node:assert";\nimport test from "node:test";\nimport { ${of} } from "../src/${of}.js";\ntest("${name}", () => assert.equal(${is}, ${expected}));\n`;
}
