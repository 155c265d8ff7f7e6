// The loop that somebody would write who is alone: the same lines, numbered and chained, one write and one flush for each
// batch; no lock, no check of what is written, and nobody else in the file's numbers.
import { hash } from "node:crypto";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { entry, takeTurns } from "./turns.mjs";

const [stateDir, batch] = [process.argv[2], Number(process.argv[3])];

function open(dir) {
	const fd = openSync(join(dir, "bare.jsonl"), "a");
	let seq = 0;
	let prev = "0".repeat(64);
	async function turn() {
		let lines = "";
		for (let i = 0; i < batch; i++) {
			const line = JSON.stringify({ seq: ++seq, ts: new Date().toISOString(), ...entry(i), prev });
			prev = hash("sha256", line);
			lines += `${line}\n`;
		}
		writeSync(fd, lines);
		fdatasyncSync(fd);
	}
	return { turn, close: () => closeSync(fd) };
}
await takeTurns(open, stateDir);
