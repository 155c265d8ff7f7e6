/** Processes that are killed at random, one at a time, and started again, while everything they say is kept. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const fixtures = new URL("../../packages/core/fixtures/", import.meta.url);

export function start(program, args, hear) {
	const child = spawn(process.execPath, [fileURLToPath(new URL(program, fixtures)), ...args], {
		stdio: ["pipe", "pipe", "inherit"],
	});
	let rest = "";
	child.stdout.setEncoding("utf8").on("data", (text) => {
		const lines = (rest + text).split("\n");
		rest = lines.pop();
		for (const line of lines) hear(line);
	});
	child.ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
	return child;
}

/** Sixteen programs that start together on a busy machine need some of it. */
const firstWordMs = 60_000;

/**
 * Keeps `size` seats filled for `seconds`; every `killEveryMs` one of them, chosen by `random`, is killed and started
 * again. `argsOf(seat, life)` are its arguments; `hear(seat, life, line)` gets what it says. Both times run from the
 * first word: on a slow machine all would be killed before they have begun.
 */
export async function crew({ program, size, seconds, killEveryMs, random, argsOf, hear }) {
	let begin;
	const begun = new Promise((resolve) => {
		begin = resolve;
	});
	const seats = Array.from({ length: size }, (_, seat) => fill(seat, 1));
	const unexpected = [];
	let kills = 0;
	const given = setTimeout(begin, firstWordMs);
	await begun;
	clearTimeout(given);
	const killing = setInterval(() => {
		const seat = Math.floor(random() * size);
		kills++;
		seats[seat].child.kill("SIGKILL");
		seats[seat] = fill(seat, seats[seat].life + 1);
	}, killEveryMs);
	await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	clearInterval(killing);
	for (const { child } of seats) child.kill("SIGKILL");
	await Promise.all(seats.map(({ child }) => child.ended));
	return { kills, unexpected };

	function fill(seat, life) {
		const child = start(program, argsOf(seat, life), (line) => {
			begin();
			hear(seat, life, line);
		});
		child.ended.then(({ code, signal }) => {
			if (signal !== "SIGKILL") unexpected.push(`seat ${seat} ended by itself: ${code ?? signal}`);
		});
		return { child, life };
	}
}
