/**
 * Bytes in, whole lines out. A line that is longer than a program has any reason for is passed over and counted, so that
 * nothing a program says can fill our memory. Cut at the byte, because U+2028 is no end of a line here.
 */

export interface LineReader {
	/** The lines that these bytes complete. */
	push(bytes: Uint8Array): string[];
	/** What is left without an end, as a line: a program may end in the middle of one. */
	rest(): string[];
	/** Lines that were too long to be read. */
	readonly passedOver: number;
}

/** Programs put whole files into one line; none that a person would want an agent to read is larger than this. */
const lineBytesMax = 4 * 1024 * 1024;

export function lineReader(bytesMax: number = lineBytesMax): LineReader {
	let held: Uint8Array[] = [];
	let size = 0;
	let tooLong = false;
	let passedOver = 0;
	const decoder = new TextDecoder();

	function hold(part: Uint8Array): void {
		size += part.length;
		if (size > bytesMax) {
			tooLong = true;
			held = [];
		}
		// The caller uses its buffer again.
		if (!tooLong && part.length > 0) held.push(Uint8Array.from(part));
	}

	function take(): string[] {
		const line = tooLong ? undefined : decoder.decode(Buffer.concat(held));
		if (tooLong) passedOver++;
		held = [];
		size = 0;
		tooLong = false;
		return line === undefined || line.trim() === "" ? [] : [line];
	}

	return {
		push(bytes) {
			const lines: string[] = [];
			let from = 0;
			for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
				hold(bytes.subarray(from, end));
				lines.push(...take());
				from = end + 1;
			}
			hold(bytes.subarray(from));
			return lines;
		},
		rest: () => (size === 0 ? [] : take()),
		get passedOver() {
			return passedOver;
		},
	};
}

const newline = 0x0a;
