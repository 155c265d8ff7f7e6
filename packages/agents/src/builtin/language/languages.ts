/** Opens a folder's projects, and again after it may have changed. */
import ts from "typescript";
import type { ProjectBounds } from "../bounds.ts";
import { Disk, realPath } from "./disk.ts";
import type { Language } from "./language.ts";
import { type Problem, problemOf } from "./problem.ts";
import { Program } from "./program.ts";
import { findProjects } from "./projects.ts";

export type Opened =
	| { readonly kind: "open"; readonly language: Language }
	| { readonly kind: "refused"; readonly why: string };

/** Opens one folder again and again; what did not change in between is not parsed again. */
export class Languages {
	readonly #disk = new Disk();
	readonly #documents = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames);
	#programs: readonly Program[] = [];

	open(folder: string, bounds: ProjectBounds): Opened {
		this.#disk.lookAnew();
		const root = realPath(folder);
		const found = findProjects(root, this.#disk, bounds);
		if (found.kind === "refused") return found;
		// Made before the old ones are given up, so that the documents they share stay.
		const programs = found.projects.map((project) => new Program(project, root, this.#disk, this.#documents));
		for (const program of programs) program.load();
		for (const program of this.#programs) program.dispose();
		this.#programs = programs;
		return { kind: "open", language: languageOf(root, this.#disk, programs) };
	}
}

function languageOf(root: string, disk: Disk, programs: readonly Program[]): Language {
	const files = [...new Set(programs.flatMap((program) => program.ownFiles()))];
	const owner = (path: string) => programs.find((program) => program.owns(path));
	const laid = new Map<string, string>();
	let asTheyAre: readonly Problem[] | undefined;
	return {
		root,
		files,
		disk,
		problems() {
			if (laid.size > 0) return found();
			asTheyAre ??= found();
			return asTheyAre;
		},
		problemsIn: (path) =>
			programs.flatMap((program) => program.diagnosticsIn(path)).flatMap((each) => problemOf(each, root) ?? []),
		offers: (problem) => owner(problem.path)?.offers(problem) ?? [],
		look: (path) => owner(path)?.look(path),
		parses: (path) => owner(path)?.parses(path) === true,
		declarations: (path) => owner(path)?.declarations(path),
		text: (path) => laid.get(path) ?? disk.read(path)?.text ?? "",
		lay(path, text) {
			laid.set(path, text);
			for (const program of programs) program.lay(path, text);
		},
		lift(path) {
			laid.delete(path);
			for (const program of programs) program.lift(path);
		},
	};

	function found(): readonly Problem[] {
		const diagnostics = programs.flatMap((program) => program.diagnostics());
		return inOrder(diagnostics.flatMap((each) => problemOf(each, root) ?? []));
	}

	function inOrder(problems: readonly Problem[]): Problem[] {
		return [...problems].sort((a, b) => compare(a.file, b.file) || a.start - b.start || a.code - b.code);
	}
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
