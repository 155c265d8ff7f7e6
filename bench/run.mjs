// All benchmarks, one table. `npm run bench -- append follow` runs some of them.
import { cpus, totalmem } from "node:os";
import { age } from "./age.mjs";
import { append } from "./append.mjs";
import { follow } from "./follow.mjs";
import { processes } from "./processes.mjs";
import { queue } from "./queue.mjs";

const all = { append, age, queue, follow, processes };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in all));
if (unknown.length > 0) {
	console.error(`There is no benchmark called ${unknown.join(", ")}; there are ${Object.keys(all).join(", ")}.`);
	process.exit(2);
}

const say = (line) => process.stderr.write(`${line}\n`);
const rows = [];
for (const [name, bench] of Object.entries(all)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	say(`${name}…`);
	rows.push(...(await bench({ say })));
}

console.log(
	`Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB. Ratios are of one run; absolute figures are this machine's, now.\n`,
);
const columns = ["what", "figure", "ratio", "goals"];
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
