// Rows of figures as a table, and what it means for the process's end.
import { cpus, totalmem } from "node:os";

const columns = ["what", "figure", "ratio", "goals"];

/** Ends with 1 when a goal was missed. */
export function showTable(rows) {
	console.log(
		`Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB. Ratios are of one run; absolute figures are this machine's, now.\n`,
	);
	const table = rows.map((row) => ({
		...row,
		goals: row.goals.map(([goal, met]) => `${met ? "✓" : "✗ MISSED"} ${goal}`).join(", "),
	}));
	const widths = columns.map((column) => Math.max(column.length, ...table.map((row) => row[column].length)));
	const line = (cells) =>
		cells
			.map((cell, i) => cell.padEnd(widths[i]))
			.join("  ")
			.trimEnd();
	console.log(line(columns));
	console.log(line(widths.map((width) => "─".repeat(width))));
	for (const row of table) console.log(line(columns.map((column) => row[column])));
	if (rows.some(({ goals }) => goals.some(([, met]) => !met))) process.exitCode = 1;
}
