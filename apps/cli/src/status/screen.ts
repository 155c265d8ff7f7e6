/**
 * Draws in place on the terminal's second screen, the one that editors use: whatever stood on the first one is there
 * again afterwards.
 */
import type { Output } from "../context.ts";

export interface Screen {
	draw(lines: readonly string[]): void;
	leave(): void;
}

export function openScreen(out: Output): Screen {
	out.write(`${control}[?1049h${control}[?25l`);
	return {
		draw(lines) {
			const rows = out.rows ?? rowsDefault;
			const shown =
				lines.length <= rows ? lines : [...lines.slice(0, rows - 1), `… ${lines.length - rows + 1} more lines`];
			// Over what stands there, clearing only what is left of it: an erased screen would flicker.
			out.write(`${control}[H${shown.map((line) => `${line}${control}[K`).join("\r\n")}${control}[J`);
		},
		leave: () => void out.write(`${control}[?25h${control}[?1049l`),
	};
}

const control = "\u001b";
const rowsDefault = 24;
