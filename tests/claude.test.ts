/**
 * The real Claude Code plans, codes and reviews in a factory of real processes, on a TypeScript repository with the real
 * compiler, in the sandbox. Only the model behind it is played.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { secretStore } from "@shopfloor/core/io";
import { needs } from "@shopfloor/core/testing";
import { realPrograms, realProgramsVariable, startAnthropic, type Turn, type Wanted } from "@shopfloor/twins";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { aFactory, type Factory, root } from "./factory.ts";

const timeout = 360_000;
/** A check or an agent takes seconds on a busy machine. */
const patienceMs = 240_000;

const mend = { title: "mend the misspelt length in src/average.ts", detail: "tsc says so.", files: ["src/average.ts"] };
const cheat = { title: "make the tests of the average quicker", files: ["test/average.test.mjs"] };

test("what Claude Code mends lands with its proof and its price; a test that it deletes does not", {
	timeout,
}, async (context) => {
	const { factory, git, twin } = await aWorld(context);
	for (const app of ["scheduler", "cto-reviewer"]) await factory.start(app);
	await factory.start("ralph-worker", "ralph-1");

	const landed = (await factory.entry("change_landed", undefined, patienceMs)).data;
	expect(git("show", "main:src/average.ts")).toContain("values.length");
	const [cycle] = await factory.entries("ralph_cycle");
	expect(cycle?.data).toMatchObject({
		outcome: "pushed",
		title: mend.title,
		before: { errors: 1, failingTests: 2 },
		after: { errors: 0, failingTests: 0 },
		prompts: [expect.stringMatching(/^planner@/), expect.stringMatching(/^coder-next@/)],
	});
	const calls = (await factory.entries("agent_called")).map(({ data }) => data);
	expect(calls).toMatchObject(
		["planner", "coder", "reviewer"].map((role) => ({ role, agent: "mine", outcome: "done" })),
	);
	const [planned = 0, coded = 0, reviewed = 0] = calls.map(({ usd }) => usd);
	expect(Math.min(planned, coded, reviewed)).toBeGreaterThan(0);
	expect(cycle?.data.usd).toBeCloseTo(planned + coded, 6);
	const { days, open } = (await factory.now()).spending;
	expect(Object.values(days).reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(planned + coded + reviewed, 6);
	expect(open).toEqual({});
	expect(trailersOf(git("log", "-1", "--format=%(trailers:only,unfold)", "main"))).toEqual({
		Branch: expect.stringMatching(/^brl\/ralph-1\//),
		Session: "ralph-1",
		Cycle: "1",
		"Reviewed-by": "mine",
		"Cost-USD": expect.stringMatching(/^0\.\d+$/),
		Receipt: landed.receipt,
		"Log-Head": expect.stringMatching(/^\d+:[0-9a-f]+$/),
	});

	const main = git("rev-parse", "main");
	await factory.floor.log.append([{ type: "task_requested", by: "cli:test", data: { ...cheat, source: "cli" } }]);
	const cheated = await factory.entry("ralph_cycle", ({ data }) => data.title === cheat.title, patienceMs);
	expect(cheated.data).toMatchObject({ outcome: "discarded", reason: expect.stringMatching(/average\.test\.mjs/) });
	await factory.floor.log.append([
		{ type: "paused", by: "cli:test", data: { scope: "all", kind: "stop", reason: "enough" } },
	]);
	await expect.poll(() => factory.runs(), { timeout: 10_000 }).toEqual([]);
	expect(await factory.entries("change_pushed")).toHaveLength(1);
	expect(git("rev-parse", "main")).toBe(main);
	expect(await factory.shopfloor("audit")).toMatchObject({ exitCode: 0 });
	expect(twin.faults).toEqual([]);
});

function trailersOf(text: string): Record<string, string> {
	return Object.fromEntries(text.split("\n").map((line) => line.split(/: (.*)/).slice(0, 2)));
}

/** What the model says, to whom: a reviewer has no tool but the one for its answer, a planner none that writes. */
function says({ tools, toolResult, body }: Wanted): Turn {
	if (!tools.includes("StructuredOutput")) return { text: "Over." };
	if (!tools.includes("Read")) return { answer: praiseFor(JSON.stringify(body)) };
	if (!tools.includes("Edit")) return { answer: { task: mend, why: "it is the only error" } };
	const isCheat = JSON.stringify(body).includes(cheat.title);
	const done = { answer: { summary: isCheat ? "They are quick now." : "It was misspelt." } };
	// A conversation that goes on begins with what was said of the planner's answer.
	const isNew = toolResult === undefined || toolResult.startsWith("Structured output");
	if (isCheat) return isNew ? doing("Bash", { command: `rm ${cheat.files[0]}` }) : done;
	if (isNew) return doing("Read", { file_path: mend.files[0] });
	if (!toolResult.includes("lenght")) return done;
	return doing("Edit", { file_path: mend.files[0], old_string: "lenght", new_string: "length" });
}

function doing(name: string, input: Record<string, string | undefined>): Turn {
	return { calls: [{ name, input: input as Record<string, string> }] };
}

/** Every criterion that the prompt asks about is met. */
function praiseFor(prompt: string) {
	const names = [...prompt.matchAll(/- \*\*([^*]+)\*\*: /g)].map(([, name = ""]) => name);
	const criteria = names.map((name) => ({ name, met: "met", reason: "It is so." }));
	return { criteria, summary: "A word was misspelt." };
}

async function aWorld(context: TestContext) {
	const program = realPrograms()?.claude;
	if (program === undefined)
		return context.skip(`needs the real claude, in a folder that ${realProgramsVariable} names`);
	needs(context, "bubblewrap");
	const twin = await startAnthropic(says);
	onTestFinished(() => twin.close());
	const factory = aFactory();
	const git = aRepository(factory);
	factory.configured({
		repository: { path: "project" },
		sessions: 1,
		every: { ralph: "1h", reviewer: "1h" },
		health: { memoryShare: 1, memoryStop: 1 },
		agents: { mine: { kind: "claude", program, model: "sonnet", env: { ANTHROPIC_BASE_URL: twin.url } } },
		roles: { planner: "mine", coder: "mine", reviewer: "mine" },
	});
	// Makes the floor.
	await factory.now();
	await secretStore(factory.state).set("anthropic-api-key", "sk-of-this-story-alone");
	return { factory, git, twin };
}

/** With one error of the compiler, for which one test fails. Its only dependency lies in it, so that none is downloaded. */
function aRepository(factory: Factory): (...args: readonly string[]) => string {
	const project = join(factory.dir, "project");
	const compiler = { version: "6.0.3", resolved: "file:typescript.tgz", dev: true, bin: { tsc: "bin/tsc" } };
	const uses = { name: "scales", version: "1.0.0", devDependencies: { typescript: "file:typescript.tgz" } };
	const files = {
		"package.json": JSON.stringify({ ...uses, private: true, type: "module" }),
		"package-lock.json": JSON.stringify({
			...uses,
			lockfileVersion: 3,
			requires: true,
			packages: { "": uses, "node_modules/typescript": compiler },
		}),
		"tsconfig.json": JSON.stringify({
			compilerOptions: { strict: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["es2022"], types: [] },
			include: ["src"],
		}),
		"src/average.ts":
			"export function average(values: readonly number[]): number {\n\tlet sum = 0;\n\tfor (const value of values) sum += value;\n\tconst count = values.lenght;\n\treturn count === 0 ? 0 : sum / count;\n}\n",
		"test/average.test.mjs":
			'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { average } from "../src/average.ts";\n\ntest("of two and four it is three", () => assert.equal(average([2, 4]), 3));\ntest("of nothing it is nothing", () => assert.equal(average([]), 0));\n',
		"test/typescript.mjs": 'import { register } from "node:module";\n\nregister("./transpile.mjs", import.meta.url);\n',
		"test/transpile.mjs":
			'import { readFileSync } from "node:fs";\nimport { fileURLToPath } from "node:url";\nimport ts from "typescript";\n\nexport async function load(url, context, next) {\n\tif (!url.endsWith(".ts")) return next(url, context);\n\tconst compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };\n\tconst { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), "utf8"), { compilerOptions });\n\treturn { format: "module", shortCircuit: true, source: outputText };\n}\n',
		".shopfloor/gate.json": JSON.stringify({
			checks: [
				{ name: "types", run: "tsc --noEmit", reports: "tsc" },
				{
					name: "tests",
					run: "node --import ./test/typescript.mjs --test --test-reporter=tap test/average.test.mjs",
					reports: "tap",
				},
			],
		}),
	};
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(project, path)), { recursive: true });
		writeFileSync(join(project, path), text);
	}
	packCompiler(factory.dir, join(project, "typescript.tgz"));
	const git = (...args: readonly string[]) =>
		execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@x", ...args], {
			cwd: project,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		}).trim();
	git("init", "--quiet", "--initial-branch=main");
	git("add", "--all");
	git("commit", "--quiet", "-m", "The first");
	return git;
}

/** As much of our own as compiles. */
function packCompiler(dir: string, path: string): void {
	const ours = join(root, "node_modules", "typescript");
	const libraries = readdirSync(join(ours, "lib")).filter((name) => /^lib\.(es|decorators)/.test(name));
	const names = [
		"package.json",
		"bin/tsc",
		...["tsc.js", "_tsc.js", "typescript.js", ...libraries].map((name) => `lib/${name}`),
	];
	for (const name of names) cpSync(join(ours, name), join(dir, "compiler", "package", name), { dereference: true });
	const packed = execFileSync("tar", ["-c", "-C", join(dir, "compiler"), "package"], { maxBuffer: 2 ** 28 });
	writeFileSync(path, gzipSync(packed, { level: 1 }));
}
