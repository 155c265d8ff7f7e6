import { cut } from "@shopfloor/core";

/** A text in lines of at most `width`, broken at spaces; what does not fit into `linesMax` lines is cut. */
export function wrap(text: string, width: number, linesMax: number): string[] {
	const lines: string[] = [];
	let rest = text.trim();
	while (rest !== "") {
		if (lines.length === linesMax - 1 || lengthOf(rest) <= width) return [...lines, cut(rest, width)];
		const line = cut(rest, width + 1);
		const space = line.lastIndexOf(" ");
		const head = space > width / 2 ? line.slice(0, space) : Array.from(rest).slice(0, width).join("");
		lines.push(head);
		rest = rest.slice(head.length).trimStart();
	}
	return lines;
}

function lengthOf(text: string): number {
	return Array.from(text).length;
}
