/** Gives every fault of the corpus to an agent, and looks with a compiler of its own at what came of it. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { uniqueName } from "@shopfloor/core/io";
import ts from "typescript";
import type { Agent } from "../../port/agent.ts";
import type { Outcome } from "../../port/outcome.ts";
import { corpus } from "../corpus/corpus.ts";
import type { Fault, Files, Module } from "../corpus/fault.ts";
import { factsBlock } from "../facts.ts";

export interface Result {
	readonly fault: Fault;
	readonly outcome: Outcome;
	/** The fix that the agent names. */
	readonly by: string | undefined;
	readonly lines: readonly string[];
	/** What differs from before, as it reads then. */
	readonly changed: Files;
	/** Errors that a fresh compiler finds, before and after; none where nothing changed. */
	readonly before: readonly string[];
	readonly after: readonly string[];
	readonly behaves: boolean;
	readonly ms: number;
}

/** All of it, one after the other. */
export async function* runCorpus(agent: Agent, faults: readonly Fault[] = corpus): AsyncGenerator<Result> {
	for (const fault of faults) yield await runFault(agent, fault);
}

/** `wrong` is the one that must never be: something was changed that should not, or not in this way. */
export function verdictOf(result: Result): "fixed" | "left" | "missed" | "wrong" {
	const { fault, changed, before, after, behaves } = result;
	if (Object.keys(changed).length === 0) return "left" in fault.expect ? "left" : "missed";
	const right = "fixed" in fault.expect && isDeepStrictEqual(changed, fault.expect.fixed);
	return right && behaves && after.every((error) => before.includes(error)) ? "fixed" : "wrong";
}

export async function runFault(agent: Agent, fault: Fault): Promise<Result> {
	const dir = join(tmpdir(), `shopfloor-corpus-${uniqueName()}`);
	try {
		write(dir, { "package.json": '{ "type": "module" }', "tsconfig.json": tsconfig(fault), ...fault.files });
		const was = read(dir);
		const lines: string[] = [];
		const begun = performance.now();
		const outcome = await agent.run({ ...aJob, cwd: dir, prompt: promptFor(fault), show: (line) => lines.push(line) });
		const ms = Math.round(performance.now() - begun);
		const is = read(dir);
		const changed = Object.fromEntries(Object.entries(is).filter(([path, text]) => was[path] !== text));
		const by = outcome.kind === "done" ? /\((\S+?); /.exec(outcome.text)?.[1] : undefined;
		const result = { fault, outcome, by, lines, changed, ms };
		if (Object.keys(changed).length === 0) return { ...result, before: [], after: [], behaves: true };
		const after = errorsIn(dir);
		const doesBehave = await behaves(dir, fault);
		write(dir, fault.files);
		return { ...result, before: errorsIn(dir), after, behaves: doesBehave };
	} finally {
		rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
	}
}

const aJob = {
	role: "coder",
	access: "write",
	limits: { startMs: 60_000, idleMs: 60_000, wallMs: 120_000, usd: 0, turns: 1 },
} as const;

function promptFor({ facts }: Fault): string {
	return facts === undefined ? "Mend one thing." : `Mend this.\n\n${factsBlock(facts)}\n`;
}

function tsconfig({ options }: Fault): string {
	return JSON.stringify({
		compilerOptions: { ...corpusOptions, ...options },
		include: ["**/*.ts"],
		exclude: ["**/*.test.ts", "dist"],
	});
}

/** As strict as a careful project is. */
const corpusOptions = {
	strict: true,
	module: "nodenext",
	target: "es2022",
	lib: ["es2022"],
	types: [],
	noUnusedLocals: true,
	noUnusedParameters: true,
	noImplicitOverride: true,
	noImplicitReturns: true,
	allowUnreachableCode: false,
	noEmit: true,
};

function write(dir: string, files: Files): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
}

function read(dir: string): Files {
	const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const paths = entries.map((entry) => join(entry.parentPath, entry.name));
	return Object.fromEntries(paths.map((path) => [relative(dir, path), readFileSync(path, "utf8")]));
}

/** From nothing: neither the language service nor anything it remembers has a part in it. */
function errorsIn(dir: string): string[] {
	const { config } = ts.readConfigFile(join(dir, "tsconfig.json"), ts.sys.readFile);
	const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dir);
	const program = ts.createProgram(fileNames, options, hostFor(options));
	return ts.getPreEmitDiagnostics(program).map(({ file, code, messageText }) => {
		const message = ts.flattenDiagnosticMessageText(messageText, " ").replaceAll(`${dir}/`, "");
		return `${file === undefined ? "" : relative(dir, file.fileName)}|TS${code}|${message}`;
	});
}

function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
	const host = ts.createCompilerHost(options);
	const { getSourceFile } = host;
	host.getSourceFile = (path, ...more) => {
		if (!/\/lib\.[^/]*\.d\.ts$/.test(path)) return getSourceFile(path, ...more);
		const library = libraries.get(path) ?? getSourceFile(path, ...more);
		if (library !== undefined) libraries.set(path, library);
		return library;
	};
	return host;
}

/** Parsed once: they are never the ones that change. */
const libraries = new Map<string, ts.SourceFile>();

async function behaves(dir: string, { expect, files }: Fault): Promise<boolean> {
	if (!("behaves" in expect) || expect.behaves === undefined) return true;
	const [first = ""] = Object.keys(files);
	for (const path of Object.keys(files).filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))) {
		const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
		const { outputText } = ts.transpileModule(readFileSync(join(dir, path), "utf8"), { compilerOptions });
		write(join(dir, "dist"), { [path.replace(/\.ts$/, ".js")]: outputText });
	}
	const module = (await import(pathToFileURL(join(dir, "dist", first.replace(/\.ts$/, ".js"))).href)) as Module;
	return Boolean(await expect.behaves(module));
}
