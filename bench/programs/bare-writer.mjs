// The loop that somebody would write without a lock, a number or a chain: one write and one flush per batch.
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { entry, takeTurns } from "./turns.mjs";

const [stateDir, batch] = [process.argv[2], Number(process.argv[3])];

function open(dir) {
	const fd = openSync(join(dir, "bare.jsonl"), "a");
	let seq = 0;
	async function turn() {
		let lines = "";
		for (let i = 0; i < batch; i++)
			lines += `${JSON.stringify({ seq: ++seq, ts: new Date().toISOString(), ...entry(i), prev: "0".repeat(64) })}\n`;
		writeSync(fd, lines);
		fdatasyncSync(fd);
	}
	return { turn, close: () => closeSync(fd) };
}
await takeTurns(open, stateDir);
