// Figures and scratch folders.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made = [];
process.on("exit", () => {
	for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** A folder on the disk that the figures are about, gone when the benchmark ends. */
export function scratch() {
	const dir = mkdtempSync(join(tmpdir(), "shopfloor-bench-"));
	made.push(dir);
	return dir;
}

export function quantile(sorted, q) {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export function median(values) {
	return quantile(
		[...values].sort((a, b) => a - b),
		0.5,
	);
}

export function round(value) {
	return value >= 100 ? Math.round(value) : Number(value.toPrecision(2));
}

export function rate(value) {
	return Math.round(value).toLocaleString("en-US");
}
