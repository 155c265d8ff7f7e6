/**
 * The compiler behind a small interface: the files of a folder's projects, their errors, and what a text laid over one
 * of the files would change about them. Only `language` and `fixes` know the compiler, whose next major version has
 * another interface. Nothing here writes.
 */
import type ts from "typescript";
import type { TextChange } from "./changes.ts";
import type { Disk } from "./disk.ts";
import type { Problem } from "./problem.ts";

export interface Language {
	/** Absolute, and without links. */
	readonly root: string;
	/** Absolute paths of the projects' own sources, each once. */
	readonly files: readonly string[];
	readonly disk: Disk;
	/** All of them, in the order of files and lines. */
	problems(): readonly Problem[];
	problemsIn(path: string): readonly Problem[];
	/** What the language service offers against it, as changes of its file; what would change other files is left out. */
	offers(problem: Problem): readonly Offer[];
	look(path: string): Look | undefined;
	parses(path: string): boolean;
	/** What the file exports, without comments and imports; undefined where it cannot be told. */
	declarations(path: string): string | undefined;
	/** The whole text as it stands, with what was laid over it. */
	text(path: string): string;
	/** Looks at the world as if the file had this text, until it is lifted. */
	lay(path: string, text: string): void;
	lift(path: string): void;
}

export interface Offer {
	readonly name: string;
	readonly description: string;
	readonly changes: readonly TextChange[];
}

/** A file as the compiler understands it. Good until the next text is laid over any file. */
export interface Look {
	readonly source: ts.SourceFile;
	readonly checker: ts.TypeChecker;
	readonly options: ts.CompilerOptions;
	readonly program: ts.Program;
	/** Where the file itself, or others, name what stands there. */
	references(position: number): readonly ts.Node[];
}
