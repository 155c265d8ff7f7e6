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
		if (!maps.has(url)) maps.set(url, mapOf(url));
		const origin = maps.get(url)?.findOrigin(Number(line), Number(column));
		if (origin === undefined || !("fileName" in origin)) return written;
		return `${resolve(dirname(fileURLToPath(url)), origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`;
	});
}

const place = /(file:\/\/[^\s()]+?):(\d+):(\d+)/g;

/** Undefined where there is none, or none that can be read, also for what only looks like a place: a trace is not to fail at. */
function mapOf(url: string): SourceMap | undefined {
	try {
		return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, "utf8")));
	} catch {
		return undefined;
	}
}
