// All benchmarks, one table. `npm run bench -- append follow` runs some of them, `--full` the long form of those that have one.
import { age } from "./age.mjs";
import { agents } from "./agents.mjs";
import { append } from "./append.mjs";
import { corpus } from "./corpus.mjs";
import { follow } from "./follow.mjs";
import { gate } from "./gate.mjs";
import { gateway } from "./gateway.mjs";
import { loop } from "./loop.mjs";
import { processes } from "./processes.mjs";
import { queue } from "./queue.mjs";
import { showTable } from "./table.mjs";

const all = { append, age, queue, follow, processes, gate, corpus, agents, loop, gateway };
const words = process.argv.slice(2);
const full = words.includes("--full");
const wanted = words.filter((word) => word !== "--full");
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
	rows.push(...(await bench({ say, full })));
}

showTable(rows);
