import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Job } from "../port/job.ts";
import { agentOver, type BuiltinOptions, builtinAgent } from "./agent.ts";
import { projectBounds } from "./bounds.ts";
import { factsBlock } from "./facts.ts";
import { compilerInProcess } from "./testing/in-process.ts";

const config = '{ "compilerOptions": { "strict": true, "lib": ["es2022"], "types": [], "noEmit": true } }';
const fault = 'export const port: number = "8080";\n';
const mended = "export const port: number = 8080;\n";
const mendedLine = 'a.ts:1: "8080" became 8080, because a number is declared there (numeric-literal; errors 1 → 0).';

const inProcess = agentOver({ compilers: compilerInProcess(), bounds: projectBounds });

describe("what it is asked", () => {
	test("a change without the right to write is refused", async () => {
		const dir = aProject({ "a.ts": fault });
		expect(await inProcess.run(aJob(dir, { access: "read" }))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/access "write"/),
		});
		expect(read(dir, "a.ts")).toBe(fault);
	});

	test("a conversation is unknown to it", async () => {
		expect(await inProcess.run(aJob(aProject({}), { resume: "x" }))).toMatchObject({
			kind: "failed",
			code: "conversation",
		});
	});

	test.each([
		["two blocks of facts", `${factsBlock({})}\n${factsBlock({})}`, /2 blocks of facts/],
		["facts that are no JSON", "```facts\n{\n```", expect.stringMatching(/no JSON/)],
		["facts of another form", '```facts\n{ "held": 1 }\n```', /do not fit: .*held/s],
	])("%s are refused", async (_what, prompt, detail) => {
		const dir = aProject({ "a.ts": fault });
		expect(await inProcess.run(aJob(dir, { prompt }))).toMatchObject({ kind: "refused", code: "prompt", detail });
		expect(read(dir, "a.ts")).toBe(fault);
	});

	test("an answer is given in the form that was asked for", async () => {
		const answer = { type: "object", required: ["files"], properties: { files: { type: "array" } } };
		const outcome = await inProcess.run(aJob(aProject({ "a.ts": fault }), { answer }));
		expect(outcome).toMatchObject({ kind: "done", data: { files: ["a.ts"] } });
	});

	test("a form that it has no answer for is refused before anything is changed", async () => {
		const dir = aProject({ "a.ts": fault });
		const answer = { type: "object", required: ["poem"], properties: { poem: { type: "string" } } };
		expect(await inProcess.run(aJob(dir, { answer }))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/no answer of the form/),
		});
		expect(read(dir, "a.ts")).toBe(fault);
	});

	test("a folder that is not there is refused", async () => {
		expect(await inProcess.run(aJob(join(tempDir(), "none")))).toMatchObject({ kind: "refused", code: "cannot" });
	});

	test("a planner without facts looks for itself, where it may", async () => {
		const dir = aProject({ "a.ts": fault, "a.test.ts": fault });
		const planner = { role: "planner", access: "read", answer: { type: "object", required: ["title"] } } as const;
		expect(await inProcess.run(aJob(dir, planner))).toMatchObject({
			kind: "done",
			data: { title: "a.ts: TS2322 Type 'string' is not assignable to type 'number'.", files: ["a.ts"] },
		});
		expect(await inProcess.run(aJob(dir, { ...planner, access: "none" }))).toMatchObject({ kind: "refused" });
		expect(read(dir, "a.ts")).toBe(fault);
	});

	test("what it did and why is shown once, and is its answer", async () => {
		const shown: string[] = [];
		const outcome = await inProcess.run(aJob(aProject({ "a.ts": fault }), { show: (line) => shown.push(line) }));
		expect(shown).toEqual([expect.stringMatching(/^reading /), "1 file, 1 error", mendedLine]);
		expect(outcome).toMatchObject({ kind: "done", text: mendedLine });
	});

	test("it costs nothing, and is no tester", async () => {
		const usage = { usd: 0, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
		expect(await inProcess.run(aJob(aProject({}), { role: "tester" }))).toMatchObject({ kind: "refused", usage });
	});
});

describe("a target", () => {
	test.each([
		["without a tsconfig.json", {}, expect.stringMatching(/no tsconfig.json/)],
		[
			"with a broken tsconfig.json",
			{ "tsconfig.json": "{ oh", "a.ts": fault },
			expect.stringMatching(/tsconfig.json is broken: '}' expected/),
		],
		[
			"with an unknown option",
			{ "tsconfig.json": '{ "compilerOptions": { "oh": 1 } }', "a.ts": fault },
			expect.stringMatching(/Unknown compiler option/),
		],
		["without files", { "tsconfig.json": '{ "include": ["none"] }' }, expect.stringMatching(/No inputs were found/)],
		[
			"that refers to a project outside",
			{ "tsconfig.json": '{ "files": [], "references": [{ "path": "../x" }] }' },
			expect.stringMatching(/outside of it/),
		],
		[
			"that refers to a project that is not there",
			{ "tsconfig.json": '{ "files": [], "references": [{ "path": "x" }] }' },
			expect.stringMatching(/x.*not there/),
		],
	])("%s is refused", async (_what, files, detail) => {
		const dir = tempDir();
		write(dir, files);
		expect(await inProcess.run(aJob(dir))).toMatchObject({ kind: "refused", code: "cannot", detail });
	});

	test("that is too large is refused with its size", async () => {
		const dir = aProject({ "a.ts": fault, "b.ts": fault });
		const small = (bounds: typeof projectBounds) => agentOver({ compilers: compilerInProcess(), bounds });
		expect(await small({ files: 1, bytes: 1_000 }).run(aJob(dir))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/2 source files, and more than 1 /),
		});
		expect(await small({ files: 9, bytes: 60 }).run(aJob(dir))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/have 72 bytes/),
		});
	});

	test("cannot have its plugins loaded, or anything else of it executed", async () => {
		const dir = aProject({ "a.ts": fault });
		const loaded = join(dir, "loaded");
		const plugin = `require("node:fs").writeFileSync(${JSON.stringify(loaded)}, ""); module.exports = () => ({ create: (info) => info.languageService });`;
		write(dir, {
			"tsconfig.json": config
				.replace("{", '{ "extends": "evil/tsconfig.json",')
				.replace('"strict"', '"plugins": [{ "name": "evil" }], "strict"'),
			"node_modules/evil/package.json": '{ "name": "evil", "main": "index.js" }',
			"node_modules/evil/index.js": plugin,
			"node_modules/evil/tsconfig.json": "{}",
			"node_modules/typescript/package.json": '{ "name": "typescript", "version": "6.0.3", "main": "index.js" }',
			"node_modules/typescript/index.js": plugin,
		});
		expect(await aChildAgent().run(aJob(dir))).toMatchObject({ kind: "done" });
		expect(existsSync(loaded)).toBe(false);
		expect(read(dir, "a.ts")).toBe(mended);
	});

	test("is not left through links: neither a file nor a folder behind one is edited", async () => {
		const outside = tempDir();
		write(outside, { "a.ts": fault, "folder/b.ts": fault });
		const dir = aProject({ "fine.ts": "export {};\n" });
		symlinkSync(join(outside, "a.ts"), join(dir, "a.ts"));
		symlinkSync(join(outside, "folder"), join(dir, "folder"));
		expect(await inProcess.run(aJob(dir))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/behind a link/),
		});
		expect([read(outside, "a.ts"), read(outside, "folder/b.ts")]).toEqual([fault, fault]);
	});

	test("of several projects is judged as a whole: what would break another project is not kept", async () => {
		const dir = tempDir();
		write(dir, twoProjects("string"));
		expect(await inProcess.run(aJob(dir))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/file-ending was tried, and it would bring two\/index.ts:2 TS2322/),
		});
		expect(read(dir, "one/index.ts")).toBe(twoProjects("string")["one/index.ts"]);
		write(dir, twoProjects("number"));
		expect(await inProcess.run(aJob(dir))).toMatchObject({
			kind: "done",
			text: expect.stringMatching(/^one\/index.ts:1: .*errors 1 → 0/),
		});
		expect(readdirSync(join(dir, "one")).sort()).toEqual(["index.ts", "size.ts", "tsconfig.json"]);
	});

	test("with an older compiler is read with the defaults that it had", async () => {
		const files = {
			"tsconfig.json": '{ "compilerOptions": { "noEmit": true } }',
			"a.ts": "export const same = (value) => value;\nexport const a: string = thing;\n",
			"node_modules/@types/thing/index.d.ts": "declare const thing: string;\n",
			"node_modules/typescript/package.json": '{ "name": "typescript", "version": "5.9.3" }',
		};
		const dir = tempDir();
		write(dir, files);
		expect(await inProcess.run(aJob(dir))).toMatchObject({ detail: expect.stringMatching(/found nothing to mend/) });
		write(dir, { "node_modules/typescript/package.json": '{ "name": "typescript", "version": "6.0.3" }' });
		expect(await inProcess.run(aJob(dir))).toMatchObject({ detail: expect.stringMatching(/TS2304.*|TS7006/) });
	});

	test("keeps the modes of its files", async () => {
		const dir = aProject({ "a.ts": fault });
		chmodSync(join(dir, "a.ts"), 0o755);
		expect(await inProcess.run(aJob(dir))).toMatchObject({ kind: "done" });
		expect(statSync(join(dir, "a.ts")).mode & 0o777).toBe(0o755);
	});

	test("that is not UTF-8 is left as it is", async () => {
		const dir = aProject({});
		const bytes = Buffer.concat([Buffer.from(fault), Buffer.from("// caf\xe9\n", "latin1")]);
		writeFileSync(join(dir, "a.ts"), bytes);
		expect(await inProcess.run(aJob(dir))).toMatchObject({
			kind: "refused",
			detail: expect.stringMatching(/not UTF-8/),
		});
		expect(readFileSync(join(dir, "a.ts"))).toEqual(bytes);
	});
});

function twoProjects(type: string): Readonly<Record<string, string>> {
	const compilerOptions = {
		composite: true,
		strict: true,
		module: "nodenext",
		lib: ["es2022"],
		types: [],
		outDir: "dist",
	};
	return {
		"package.json": '{ "type": "module" }',
		"tsconfig.json": '{ "files": [], "references": [{ "path": "one" }, { "path": "two" }] }',
		"one/tsconfig.json": JSON.stringify({ compilerOptions }),
		"one/size.ts": "export const size: number = 1;\n",
		"one/index.ts": 'export { size } from "./size";\n',
		"two/tsconfig.json": JSON.stringify({ compilerOptions, references: [{ path: "../one" }] }),
		"two/index.ts": `import { size } from "../one/index.js";\nexport const two: ${type} = size;\n`,
	};
}

function aChildAgent(options: BuiltinOptions = {}) {
	const agent = builtinAgent(options);
	onTestFinished(() => agent.close());
	return agent;
}

function aProject(files: Readonly<Record<string, string>>): string {
	const dir = tempDir();
	write(dir, { "tsconfig.json": config, ...files });
	return dir;
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
}

function read(dir: string, path: string): string {
	return readFileSync(join(dir, path), "utf8");
}

function aJob(cwd: string, more: Partial<Job> = {}): Job {
	const limits = { startMs: 60_000, idleMs: 60_000, wallMs: 120_000, usd: 0, turns: 1 };
	return { role: "coder", prompt: "Mend one thing.", cwd, access: "write", limits, show() {}, ...more };
}
