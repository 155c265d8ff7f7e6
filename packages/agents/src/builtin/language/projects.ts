/**
 * Which projects a folder has: its `tsconfig.json` and what that refers to. Configuration is read as data: nothing of
 * the target is executed, its plugins are never loaded.
 */
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import type { ProjectBounds } from "../bounds.ts";
import type { Disk } from "./disk.ts";

export interface ProjectFiles {
	readonly config: string;
	readonly options: ts.CompilerOptions;
	readonly fileNames: readonly string[];
	readonly references: readonly ts.ProjectReference[];
}

export type Projects =
	| { readonly kind: "projects"; readonly projects: readonly ProjectFiles[] }
	| { readonly kind: "refused"; readonly why: string };

export function findProjects(root: string, disk: Disk, bounds: ProjectBounds): Projects {
	const first = join(root, "tsconfig.json");
	if (disk.stamp(first) === undefined)
		return refused(`there is no tsconfig.json in ${root}, so nobody says how its files are to be compiled`);
	const projects = new Map<string, ProjectFiles>();
	const waiting = [first];
	for (let config = waiting.shift(); config !== undefined; config = waiting.shift()) {
		if (projects.has(config)) continue;
		if (projects.size >= projectsMax)
			return refused(`it has more than ${projectsMax} projects that refer to each other`);
		const project = readProject(config, root, disk);
		if (typeof project === "string") return refused(project);
		projects.set(config, project);
		waiting.push(...project.references.map((reference) => ts.resolveProjectReferencePath(reference)));
		const why = tooLarge([...projects.values()], disk, bounds);
		if (why !== undefined) return refused(why);
	}
	const found = [...projects.values()].filter(({ fileNames }) => fileNames.length > 0);
	return found.length === 0 ? refused("its tsconfig.json names no files") : { kind: "projects", projects: found };
}

/** Every project is a program in memory of its own. */
const projectsMax = 40;

function readProject(config: string, root: string, disk: Disk): ProjectFiles | string {
	const at = relative(root, config);
	if (at.startsWith("..")) return `its tsconfig.json refers to ${at}, which is outside of it`;
	if (disk.stamp(config) === undefined) return `its tsconfig.json refers to ${at}, which is not there`;
	const source = ts.readJsonConfigFile(config, disk.forCompiler.readFile);
	const parsed = ts.parseJsonSourceFileConfigFileContent(source, disk.forCompiler, dirname(config), undefined, config);
	const [fault] = [...configFaults(source), ...parsed.errors];
	if (fault !== undefined) return `its ${at} is broken: ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`;
	return {
		config,
		options: optionsFor(parsed, root, disk),
		fileNames: parsed.fileNames,
		references: parsed.projectReferences ?? [],
	};
}

function configFaults(source: ts.TsConfigSourceFile): readonly ts.Diagnostic[] {
	return (source as { parseDiagnostics?: readonly ts.Diagnostic[] }).parseDiagnostics ?? [];
}

/** Nothing is emitted and nothing is kept on disk; the plugins are for editors, and code. */
function optionsFor(parsed: ts.ParsedCommandLine, root: string, disk: Disk): ts.CompilerOptions {
	const { plugins: _, incremental: __, tsBuildInfoFile: ___, ...options } = parsed.options;
	return { ...elderDefaults(root, disk), ...options, ...(options.composite ? {} : { noEmit: true }) };
}

/** What a target with an older compiler means when it says nothing: version 6 changed these defaults. */
function elderDefaults(root: string, disk: Disk): ts.CompilerOptions {
	const text = disk.read(join(root, "node_modules/typescript/package.json"))?.text;
	const major = Number(/"version"\s*:\s*"(\d+)\./.exec(text ?? "")?.[1] ?? Number.NaN);
	return major < 6 ? { strict: false, types: ["*"], noUncheckedSideEffectImports: false } : {};
}

function tooLarge(projects: readonly ProjectFiles[], disk: Disk, bounds: ProjectBounds): string | undefined {
	const files = new Set(projects.flatMap(({ fileNames }) => fileNames));
	if (files.size > bounds.files)
		return `it has ${files.size} source files, and more than ${bounds.files} are not looked at`;
	let bytes = 0;
	for (const file of files) bytes += Number(disk.stamp(file)?.split(":")[2] ?? 0);
	return bytes > bounds.bytes
		? `its source files have ${bytes} bytes, and more than ${bounds.bytes} are not looked at`
		: undefined;
}

function refused(why: string): Projects {
	return { kind: "refused", why };
}
