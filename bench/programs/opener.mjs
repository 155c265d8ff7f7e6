// Opens a floor as a process does at its start, and looks around.
import { currentState, openFloor } from "@shopfloor/core/io";
import { entry } from "./turns.mjs";

const begun = performance.now();
const floor = openFloor({ stateDir: process.argv[2] });
const state = await currentState(floor);
const startMs = performance.now() - begun;
if (state.seq === 0) throw new Error("nothing was folded");

const lookedAt = performance.now();
const last = await floor.log.last(200);
const lastMs = performance.now() - lookedAt;
if (last.length !== 200) throw new Error(`the last 200 were ${last.length}`);

const rssMb = process.memoryUsage().rss / 2 ** 20;
const waits = [];
for (let i = 0; i < 20; i++) {
	const at = performance.now();
	await floor.log.append([entry(i)]);
	waits.push(performance.now() - at);
}
await floor.close();
process.send({ startMs, lastMs, appendMs: waits.sort((a, b) => a - b)[10], rssMb });
process.disconnect();
