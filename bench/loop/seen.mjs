// What is on main in the end: which commits, and what the compiler and the tests of the first commit say of it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../measure.mjs";
import { gitIn, root } from "./factory.mjs";

/** What measures: a change of it changes nothing here. */
const measuring = ["*.test.ts", "tsconfig.json", "vitest.config.mts", "package.json"];

/** `before` is what `firstSeen` said. */
export function seen(repository, before) {
	const git = gitIn(repository);
	const after = measured(repository, "main", firstOf(repository));
	return {
		titles: git("log", "--format=%s", "main").split("\n"),
		before,
		after,
		broken: after.failing.filter((name) => !before.failing.includes(name)),
	};
}

export function firstSeen(repository) {
	const first = firstOf(repository);
	return measured(repository, first, first);
}

function firstOf(repository) {
	return gitIn(repository)("rev-list", "--max-parents=0", "main");
}

function measured(repository, commit, first) {
	const dir = scratch();
	unpack(repository, dir, commit);
	unpack(repository, dir, first, ...measuring);
	installed(dir);
	const run = (program, ...args) =>
		spawnSync(join(dir, "node_modules/.bin", program), args, {
			cwd: dir,
			env: { PATH: process.env.PATH, HOME: dir, CI: "1", NO_COLOR: "1" },
			encoding: "utf8",
			maxBuffer: 2 ** 26,
		}).stdout;
	const errors = run("tsc", "--noEmit", "--pretty", "false").match(/error TS/g)?.length ?? 0;
	const { testResults } = JSON.parse(run("vitest", "run", "--reporter=json"));
	const failing = testResults.flatMap(({ assertionResults }) =>
		assertionResults.filter(({ status }) => status !== "passed").map(({ fullName }) => fullName),
	);
	return { errors, failing };
}

function unpack(repository, dir, commit, ...paths) {
	const archive = execFileSync("git", ["archive", commit, ...paths], { cwd: repository, maxBuffer: 2 ** 28 });
	execFileSync("tar", ["-x"], { cwd: dir, input: archive });
}

/** The compiler and the runner of this repository, which are those of the sample. */
export function installed(dir) {
	mkdirSync(join(dir, "node_modules/.bin"), { recursive: true });
	for (const name of ["typescript", "vitest"])
		symlinkSync(join(root, "node_modules", name), join(dir, "node_modules", name));
	symlinkSync("../typescript/bin/tsc", join(dir, "node_modules/.bin/tsc"));
	symlinkSync("../vitest/vitest.mjs", join(dir, "node_modules/.bin/vitest"));
}
