/**
 * The whole loop: what the factory adds to a cycle, how many cycles it makes, what it costs when nothing comes, and what
 * it lands and lets through against the plain loop of a shell. `--full` with more cycles, and all thirty tasks.
 *
 * `node bench/loop.mjs cycles|idle|against` runs one part alone.
 */
import { pathToFileURL } from "node:url";
import { against } from "./loop/against.mjs";
import { cycles } from "./loop/cycles.mjs";
import { idle } from "./loop/idle.mjs";
import { showTable } from "./table.mjs";

const parts = { cycles, idle, against };

export async function loop({ say, full = false, wanted = Object.keys(parts) }) {
	const rows = [];
	for (const name of wanted) rows.push(...(await parts[name]({ say, full })));
	return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const words = process.argv.slice(2);
	const wanted = Object.keys(parts).filter((name) => words.includes(name));
	showTable(
		await loop({
			say: (line) => process.stderr.write(`${line}\n`),
			full: words.includes("--full"),
			...(wanted.length > 0 && { wanted }),
		}),
	);
}
