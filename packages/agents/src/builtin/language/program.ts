/** One project, held by a language service of its own; the parsed files are shared between them. */
import { dirname } from "node:path";
import ts from "typescript";
import { type Disk, hashOf } from "./disk.ts";
import { formattingOf } from "./formatting.ts";
import type { Look, Offer } from "./language.ts";
import type { Problem } from "./problem.ts";
import type { ProjectFiles } from "./projects.ts";

export class Program {
	readonly #root: string;
	readonly #service: ts.LanguageService;
	readonly #disk: Disk;
	readonly #laid = new Map<string, { readonly text: string; readonly version: string }>();
	#changes = 0;

	constructor(project: ProjectFiles, root: string, disk: Disk, documents: ts.DocumentRegistry) {
		this.#root = root;
		this.#disk = disk;
		this.#service = ts.createLanguageService(this.#hostFor(project), documents);
	}

	load(): void {
		this.#program();
	}

	dispose(): void {
		this.#service.dispose();
	}

	ownFiles(): string[] {
		return this.#ownSources().map(({ fileName }) => fileName);
	}

	owns(path: string): boolean {
		return this.#isOwn(this.#program(), this.#program().getSourceFile(path));
	}

	diagnostics(): ts.Diagnostic[] {
		const general = this.#program().getGlobalDiagnostics();
		return [...general, ...this.ownFiles().flatMap((path) => this.diagnosticsIn(path))];
	}

	diagnosticsIn(path: string): ts.Diagnostic[] {
		if (!this.owns(path)) return [];
		const syntactic = this.#service.getSyntacticDiagnostics(path);
		// What does not parse has no meaning to find fault with; a fault of both kinds would count twice.
		return [...syntactic, ...this.#service.getSemanticDiagnostics(path)];
	}

	offers({ path, start, length, code }: Problem): Offer[] {
		const formatting = formattingOf(this.#disk.read(path)?.text ?? "");
		const found = this.#service.getCodeFixesAtPosition(path, start, start + length, [code], formatting, preferences);
		return found.flatMap(({ fixName, description, changes, commands }) => {
			const [change, ...others] = changes;
			if (change === undefined || others.length > 0 || change.fileName !== path || commands?.length) return [];
			const texts = change.textChanges.map(({ span, newText }) => ({ ...span, text: newText }));
			return [{ name: fixName, description, changes: texts }];
		});
	}

	look(path: string): Look | undefined {
		const program = this.#program();
		const source = program.getSourceFile(path);
		if (source === undefined) return undefined;
		return {
			source,
			program,
			checker: program.getTypeChecker(),
			options: program.getCompilerOptions(),
			references: (position) =>
				(this.#service.getReferencesAtPosition(path, position) ?? []).flatMap(
					({ fileName, textSpan }) => nodeAt(program.getSourceFile(fileName), textSpan.start) ?? [],
				),
		};
	}

	parses(path: string): boolean {
		return this.#service.getSyntacticDiagnostics(path).length === 0;
	}

	declarations(path: string): string | undefined {
		const { outputFiles } = this.#service.getEmitOutput(path, true, true);
		const text = outputFiles.find(({ name }) => /\.d\.[cm]?ts$/.test(name))?.text;
		return text === undefined ? undefined : exportsIn(text);
	}

	lay(path: string, text: string): void {
		// The parsed files are shared: a version has to mean the same text in every program.
		this.#laid.set(path, { text, version: hashOf(text) });
		this.#changes++;
	}

	lift(path: string): void {
		this.#laid.delete(path);
		this.#changes++;
	}

	#program(): ts.Program {
		const program = this.#service.getProgram();
		if (program === undefined) throw new Error("the language service has no program");
		return program;
	}

	#ownSources(): ts.SourceFile[] {
		const program = this.#program();
		return program.getSourceFiles().filter((source) => this.#isOwn(program, source));
	}

	/** Not a library, and not another project's that this one refers to. */
	#isOwn(program: ts.Program, source: ts.SourceFile | undefined): boolean {
		if (source === undefined || !source.fileName.startsWith(`${this.#root}/`)) return false;
		const inside = source.fileName.slice(this.#root.length);
		return !inside.includes("/node_modules/") && !this.#isReferred(program, source.fileName);
	}

	#isReferred(program: ts.Program, path: string): boolean {
		const referred = program as { isSourceOfProjectReferenceRedirect?(path: string): boolean };
		return referred.isSourceOfProjectReferenceRedirect?.(path) === true;
	}

	#hostFor({ config, options, fileNames, references }: ProjectFiles): ts.LanguageServiceHost {
		const files = this.#disk.forCompiler;
		const host = {
			...files,
			useCaseSensitiveFileNames: () => files.useCaseSensitiveFileNames,
			getCompilationSettings: () => options,
			getScriptFileNames: () => [...fileNames],
			getScriptVersion: (path: string) => this.#laid.get(path)?.version ?? this.#disk.stamp(path) ?? "",
			getScriptSnapshot: (path: string) => {
				const text = this.#laid.get(path)?.text ?? files.readFile(path);
				return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
			},
			getProjectVersion: () => String(this.#changes),
			getProjectReferences: () => references,
			useSourceOfProjectReferenceRedirect: () => true,
			getParsedCommandLine: (path: string) =>
				ts.getParsedCommandLineOfConfigFile(
					path,
					{},
					{ ...files, getCurrentDirectory: () => this.#root, onUnRecoverableConfigFileDiagnostic() {} },
				),
			getCurrentDirectory: () => dirname(config),
			getDefaultLibFileName: ts.getDefaultLibFilePath,
		};
		return host;
	}
}

/** Names come from the project itself, and never from a package that happens to be installed. */
const preferences: ts.UserPreferences = {
	importModuleSpecifierPreference: "relative",
	includePackageJsonAutoImports: "off",
	quotePreference: "auto",
	providePrefixAndSuffixTextForRename: false,
};

/** Which of its imports a file uses for that is its own affair. */
function exportsIn(declarations: string): string {
	const source = ts.createSourceFile("exports.d.ts", declarations, ts.ScriptTarget.Latest);
	const statements = source.statements.filter((statement) => !ts.isImportDeclaration(statement));
	const printer = ts.createPrinter({ removeComments: true });
	return statements.map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, source)).join("\n");
}

function nodeAt(source: ts.SourceFile | undefined, position: number): ts.Node | undefined {
	if (source === undefined) return undefined;
	return deepest(source);

	function deepest(node: ts.Node): ts.Node {
		const inner = ts.forEachChild(node, (child) =>
			child.getStart(source) <= position && position < child.end ? child : undefined,
		);
		return inner === undefined ? node : deepest(inner);
	}
}
