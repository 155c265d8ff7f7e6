/**
 * A stack trace in terms of the sources. A process runs as one bundled file (ADR 7) and reads the map of it only when
 * a trace is to be shown: Node's own source maps are held from the start on, for several megabytes in every process.
 */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The same trace, with each place for which there is a map named as in the source. */
export function sourceTrace(stack: string): string {
	const maps = new Map<string, SourceMap | undefined>();
	return stack.replace(place, (written, url: string, line: string, column: string) => {
		const file = fileURLToPath(url);
		if (!maps.has(file)) maps.set(file, mapOf(file));
		const origin = maps.get(file)?.findOrigin(Number(line), Number(column));
		if (origin === undefined || !("fileName" in origin)) return written;
		return `${resolve(dirname(file), origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`;
	});
}

const place = /(file:\/\/[^\s()]+?):(\d+):(\d+)/g;

/** Undefined where there is none, or none that can be read: a trace is no place to fail at. */
function mapOf(file: string): SourceMap | undefined {
	try {
		return new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
	} catch {
		return undefined;
	}
}
