/** An error of the compiler, and sets of them that can be compared although lines move. */
import { relative } from "node:path";
import ts from "typescript";

export interface Problem {
	/** File, code and message without positions. */
	readonly key: string;
	/** Absolute. */
	readonly path: string;
	/** Relative to the root. */
	readonly file: string;
	readonly code: number;
	readonly message: string;
	/** From 1. */
	readonly line: number;
	readonly start: number;
	readonly length: number;
}

export function problemOf(diagnostic: ts.Diagnostic, root: string): Problem | undefined {
	if (diagnostic.category !== ts.DiagnosticCategory.Error) return undefined;
	const { file: source, start = 0, length = 0, code } = diagnostic;
	const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n").replaceAll(`${root}/`, "");
	const file = source === undefined ? "" : relative(root, source.fileName);
	const line = source === undefined ? 1 : source.getLineAndCharacterOfPosition(start).line + 1;
	return {
		key: `${file}|TS${code}|${message}`,
		path: source?.fileName ?? "",
		file,
		code,
		message,
		line,
		start,
		length,
	};
}

/** What came in `after` and was not, or not as often, in `before`. */
export function added(before: readonly Problem[], after: readonly Problem[]): Problem[] {
	const left = new Map<string, number>();
	for (const { key } of before) left.set(key, (left.get(key) ?? 0) + 1);
	return after.filter(({ key }) => {
		const count = left.get(key) ?? 0;
		left.set(key, count - 1);
		return count <= 0;
	});
}

/** As people read it. */
export function told({ file, line, code, message }: Problem): string {
	return `${file}:${line} TS${code}: ${message.split("\n")[0] ?? ""}`;
}
