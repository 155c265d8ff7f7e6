/** A relative import as Node takes it: with the name of the file that will be there, or the folder's index. */
import { basename } from "node:path";
import ts from "typescript";
import type { Fix, Left, Place, Proposal } from "./fix.ts";
import { ancestor } from "./nodes.ts";

export const fileEnding: Fix = {
	name: "file-ending",
	codes: [2834, 2835],
	api: "true-to-run-time",
	propose,
};

function propose(place: Place): Proposal | Left | undefined {
	const literal = ancestor(place.node, ts.isStringLiteral);
	if (literal === undefined) return undefined;
	const path = pathFor(literal.text, place);
	if (path === undefined) return { left: "no file of the project is plainly the one that is imported" };
	const quote = literal.getText().slice(0, 1);
	const change = { start: literal.getStart(), length: literal.getWidth(), text: `${quote}${path}${quote}` };
	return {
		changes: [change],
		why: `${literal.text} became ${path}, because the import has to name the file that runs`,
	};
}

const endingsThatRun = [".js", ".mjs", ".cjs"];
const sourceEndings = [".ts", ".tsx", ".mts", ".cts"];

function pathFor(path: string, { source, options, program }: Place): string | undefined {
	const endings = options.allowImportingTsExtensions ? sourceEndings : endingsThatRun;
	const ways = [path, `${path.replace(/\/$/, "")}/index`]
		.flatMap((way) => endings.map((ending) => `${way}${ending}`))
		.filter((way) => isThere(way));
	return ways.length === 1 ? ways[0] : undefined;

	function isThere(way: string): boolean {
		const mode = source.impliedNodeFormat;
		const host = { fileExists: (file: string) => program.getSourceFile(file) !== undefined, readFile: () => undefined };
		const { resolvedModule } = ts.resolveModuleName(way, source.fileName, options, host, undefined, undefined, mode);
		// `b.tsx` is also taken for a `b.ts`.
		return (
			resolvedModule !== undefined &&
			(endings === endingsThatRun || resolvedModule.resolvedFileName.endsWith(basename(way)))
		);
	}
}
