import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { linesBackwards, linesFrom } from "./lines.ts";

const dir = mkdtempSync(join(tmpdir(), "shopfloor-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** Long enough, now and then, to reach over the borders of what is read at once. */
const aLine = fc
	.record({ length: fc.oneof(fc.nat(30), fc.integer({ min: 16_380, max: 16_388 }), fc.nat(90_000)), byte: fc.nat(255) })
	.map(({ length, byte }) => Buffer.alloc(length, byte === 10 ? 11 : byte));
const aFile = fc
	.record({ lines: fc.array(aLine, { maxLength: 12 }), torn: aLine })
	.map(({ lines, torn }) => Buffer.concat([...lines.flatMap((line) => [line, Buffer.from("\n")]), torn]));

test("forwards and backwards, the lines are the same: all that are whole, split at line ends and nowhere else", () => {
	fc.assert(
		fc.property(aFile, (bytes) => {
			const whole = wholeLines(bytes);
			withFile(bytes, (fd) => {
				expect(sizes([...linesFrom(fd, 0)].map(({ line }) => line))).toEqual(sizes(whole));
				expect(sizes([...linesBackwards(fd, bytes.length)].map(({ line }) => line).reverse())).toEqual(sizes(whole));
			});
		}),
		{ numRuns: 60 },
	);
});

test("reading can stop behind any line and go on there; going backwards can begin anywhere", () => {
	fc.assert(
		fc.property(aFile, fc.nat(), (bytes, somewhere) => {
			withFile(bytes, (fd) => {
				for (const [index, { end }] of [...linesFrom(fd, 0)].entries())
					expect([...linesFrom(fd, end)].length).toBe(wholeLines(bytes).length - index - 1);
				const size = bytes.length === 0 ? 0 : somewhere % bytes.length;
				const before = wholeLines(bytes.subarray(0, size));
				const found = [...linesBackwards(fd, size)].reverse();
				expect(sizes(found.map(({ line }) => line))).toEqual(sizes(before));
				for (const { line, start } of found) expect(line.equals(bytes.subarray(start, start + line.length))).toBe(true);
			});
		}),
		{ numRuns: 60 },
	);
});

function wholeLines(bytes: Buffer): Buffer[] {
	const lines = [];
	let start = 0;
	for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
		lines.push(bytes.subarray(start, end));
		start = end + 1;
	}
	return lines;
}

/** Enough to tell lines apart, and to print when they differ. */
function sizes(lines: readonly Buffer[]): string[] {
	return lines.map((line) => `${line.length} × ${line[0]}`);
}

function withFile(bytes: Buffer, work: (fd: number) => void): void {
	const path = join(dir, "file");
	writeFileSync(path, bytes);
	const fd = openSync(path, "r");
	try {
		work(fd);
	} finally {
		closeSync(fd);
	}
}
