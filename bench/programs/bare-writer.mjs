// The loop that somebody would write who is alone: the same lines, numbered and chained, one write and one flush for each
// batch; no lock, no check of what is written, and nobody else in the file's numbers. As "copies" it writes the lines of
// its first batch again and again: what the disk and the system calls alone can take.
import { hash } from "node:crypto";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { entry, takeTurns } from "./turns.mjs";

const [stateDir, batch, , copies] = [process.argv[2], Number(process.argv[3]), process.argv[4], process.argv[5]];

function open(dir) {
	const fd = openSync(join(dir, "bare.jsonl"), "a");
	let seq = 0;
	let prev = "0".repeat(64);
	const first = Buffer.from(linesOf());
	async function turn() {
		writeSync(fd, copies ? first : linesOf());
		fdatasyncSync(fd);
	}
	function linesOf() {
		let lines = "";
		for (let i = 0; i < batch; i++) {
			const line = JSON.stringify({ seq: ++seq, ts: new Date().toISOString(), ...entry(i), prev });
			prev = hash("sha256", line);
			lines += `${line}\n`;
		}
		return lines;
	}
	return { turn, close: () => closeSync(fd) };
}
await takeTurns(open, stateDir);
