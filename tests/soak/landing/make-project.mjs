/** A repository in which changes come up as they do in a project: most are good, and each leaves a file that shows it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** By a throw of a hundred, below the number; from the last on they are good. */
const kinds = [
	["bad", 6],
	["conflicting", 14],
	["pair", 18],
];

/** What the judge by names says, as a check that runs. */
const check = `import { readdirSync } from "node:fs";
const names = readdirSync(".");
const bad = names.filter(
	(name) => name.startsWith("bad-") || (name.startsWith("needs-not-") && names.includes(name.slice("needs-not-".length))),
);
if (bad.length > 0) console.log(bad.join());
process.exitCode = bad.length > 0 ? 1 : 0;
`;
const measure = {
	".shopfloor/gate.json": JSON.stringify({ checks: [{ name: "names", run: "node check.mjs", reports: "exit" }] }),
	"check.mjs": check,
};

export function makeProject(dir, random) {
	const at = join(dir, "project");
	const changes = new Map();
	let persons = 0;
	let count = 0;
	mkdirSync(at);
	git("init", "--quiet", "--initial-branch=main");
	write({ "readme.md": "A project\n", "shared.txt": "0\n", ...measure });
	commit("The first commit");
	return {
		changes,
		git,
		byPersons: () => persons,
		/** One or two further changes, each on a branch off the present base, or off one that is a little old. */
		grow() {
			const dice = Math.floor(random() * 100);
			const kind = kinds.find(([, below]) => dice < below)?.[0] ?? "good";
			const name = `c${String(++count).padStart(4, "0")}`;
			const sentinel = `landed/${name}.txt`;
			if (kind === "bad") branch(name, kind, { [sentinel]: name, [`bad-${name}`]: "x" });
			else if (kind === "conflicting") branch(name, kind, { [sentinel]: name, "shared.txt": `${name}\n` });
			else if (kind === "pair") {
				// Good each, and bad where both are.
				branch(name, kind, { [sentinel]: name, [`half-${name}`]: "x" });
				const other = `c${String(++count).padStart(4, "0")}`;
				branch(other, kind, { [`landed/${other}.txt`]: other, [`needs-not-half-${name}`]: "x" }, name);
			} else branch(name, kind, { [sentinel]: name });
		},
		personCommits() {
			const path = `persons/${persons + 1}.txt`;
			write({ [path]: "x" });
			try {
				commit(`By hand ${persons + 1}`);
				persons++;
			} catch {
				// The checkout was just being brought along; a person tries again another time.
				git("rm", "--quiet", "--force", "--ignore-unmatch", path);
			}
		},
	};

	/** Without the checkout: a person's stays where it is. */
	function branch(name, kind, files, pairedWith) {
		const behind = Math.floor(random() * 4);
		const from =
			git("rev-list", "--first-parent", `--skip=${behind}`, "--max-count=1", "main") || git("rev-parse", "main");
		const env = { GIT_INDEX_FILE: join(dir, "tmp", `index-${name}`) };
		gitWith(env, "read-tree", from);
		for (const [path, content] of Object.entries(files)) {
			const id = gitWith({ input: content }, "hash-object", "-w", "--stdin");
			gitWith(env, "update-index", "--add", "--cacheinfo", `100644,${id},${path}`);
		}
		const made = git("commit-tree", gitWith(env, "write-tree"), "-p", from, "-m", `Change ${name}`);
		git("update-ref", `refs/heads/${name}`, made);
		execFileSync("rm", ["-f", env.GIT_INDEX_FILE]);
		changes.set(name, { id: name, branch: name, commit: made, created: changes.size, kind, pairedWith });
	}

	function write(files) {
		for (const [path, content] of Object.entries(files)) {
			mkdirSync(dirname(join(at, path)), { recursive: true });
			writeFileSync(join(at, path), content);
		}
	}

	function commit(message) {
		git("add", "--all");
		git("commit", "--quiet", "-m", message);
	}

	function git(...args) {
		return gitWith({}, ...args);
	}

	function gitWith({ input, ...env }, ...args) {
		const identity = ["-c", "user.name=Ana", "-c", "user.email=ana@x", "-c", "gc.auto=0"];
		mkdirSync(join(dir, "tmp"), { recursive: true });
		return execFileSync("git", [...identity, ...args], {
			cwd: at,
			encoding: "utf8",
			stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
			env: { PATH: process.env.PATH, HOME: dir, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
			...(input === undefined ? {} : { input }),
		}).trimEnd();
	}
}
