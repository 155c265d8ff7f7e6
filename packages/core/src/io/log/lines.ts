/** Bytes to lines. Splits at `\n` and nowhere else: U+2028 and its kin are legal inside a JSON string. */
import { readSync } from "node:fs";

export const newline = 10;
/** Reads begin small, because most want the last or the first few lines, and grow. */
const chunkBytes = { first: 16 * 1024, most: 256 * 1024 };

/** Complete lines from `offset` on, with the offset behind each. An unfinished last line is held back. */
export function* linesFrom(fd: number, offset: number): Generator<{ line: Buffer; end: number }> {
	let rest: Buffer = Buffer.alloc(0);
	let at = offset;
	for (let length = chunkBytes.first; ; length = Math.min(length * 4, chunkBytes.most)) {
		const chunk = Buffer.allocUnsafe(length);
		const count = readSync(fd, chunk, 0, length, at);
		if (count === 0) return;
		const bytes = rest.length === 0 ? chunk.subarray(0, count) : Buffer.concat([rest, chunk.subarray(0, count)]);
		const base = at - rest.length;
		at += count;
		let start = 0;
		for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
			yield { line: bytes.subarray(start, end), end: base + end + 1 };
			start = end + 1;
		}
		rest = bytes.subarray(start);
	}
}

/** Complete lines of the first `size` bytes, last line first. An unfinished last line is passed over. */
export function* linesBackwards(fd: number, size: number): Generator<{ line: Buffer; start: number }> {
	let rest: Buffer = Buffer.alloc(0);
	let at = size;
	let tornPassed = false;
	for (let step = chunkBytes.first; at > 0; step = Math.min(step * 4, chunkBytes.most)) {
		const length = Math.min(at, step);
		const chunk = Buffer.allocUnsafe(length);
		const count = readSync(fd, chunk, 0, length, at - length);
		at -= length;
		let bytes = Buffer.concat([chunk.subarray(0, count), rest]);
		if (!tornPassed) {
			const lastEnd = bytes.lastIndexOf(newline);
			if (lastEnd < 0) {
				rest = bytes;
				continue;
			}
			bytes = bytes.subarray(0, lastEnd);
			tornPassed = true;
		}
		for (let end = bytes.lastIndexOf(newline); end >= 0; end = bytes.lastIndexOf(newline)) {
			yield { line: bytes.subarray(end + 1), start: at + end + 1 };
			bytes = bytes.subarray(0, end);
		}
		rest = bytes;
	}
	if (tornPassed) yield { line: rest, start: 0 };
}
