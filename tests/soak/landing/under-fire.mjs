/** Two landers, killed at random, until enough has landed; every change is given to them again until it is decided. */
import { start } from "../crew.mjs";

const program = new URL("../../../packages/gate/fixtures/lander.mjs", import.meta.url).href;
/** Waiting in the queue; with fewer, further ones are made. */
const waiting = 12;
/** Nothing decided in so many rounds of a lander is a standstill. */
const idleRoundsMax = 60;
const decided = /^(landed|rejected|conflict|void|empty) (\S+)$/;

export async function underFire({ dir, project, random, landings, judgedBy, say }) {
	const queue = new Map();
	const results = new Map();
	const faults = [];
	let kills = 0;
	let idleRounds = 0;
	let told = 0;
	// Of the last one that lived to tell. A slow machine is given the time to get anywhere.
	let firstRoundMs = judgedBy === "checks" ? 8_000 : 1_000;
	await Promise.all([seat(), seat()]);
	// What a killed one may have left is finished by one that is left in peace.
	const last = await lander(false);
	await round(last);
	await last.end();
	return { faults, results, kills, landed: landed(), away: results.size - landed() };

	function isDone() {
		return landed() >= landings || idleRounds >= idleRoundsMax || faults.length > 0;
	}

	function landed() {
		return [...results.values()].filter((kind) => kind === "landed").length;
	}

	async function seat() {
		while (!isDone()) {
			const mine = await lander(true);
			while (!mine.isOver() && !isDone()) await round(mine);
			await mine.end();
		}
	}

	async function round(mine) {
		while (queue.size < waiting && landed() < landings) enqueue();
		if (random() < 0.3) project.personCommits();
		const before = results.size;
		const chosen = [...queue.values()].filter(() => random() < 0.7).slice(0, 8);
		await mine.land({ batch: 1 + Math.floor(random() * 8), changes: chosen.map(asGiven) });
		idleRounds = results.size > before || chosen.length === 0 ? 0 : idleRounds + 1;
		if (idleRounds === idleRoundsMax) faults.push(`nothing was decided in ${idleRoundsMax} rounds`);
		if (landed() >= told + 50) {
			told = landed();
			say(`landed ${told} of ${landings}, kills ${kills}`);
		}
	}

	function enqueue() {
		const known = project.changes.size;
		project.grow();
		for (const change of [...project.changes.values()].slice(known)) queue.set(change.id, change);
	}

	async function lander(isMortal) {
		let answer = () => undefined;
		let over = false;
		let rounds = 0;
		const begun = performance.now();
		const child = start(program, [dir, judgedBy], (line) => {
			if (line === "done") {
				if (++rounds === 1) firstRoundMs = performance.now() - begun;
				return answer();
			}
			const [, kind, id] = decided.exec(line) ?? [];
			if (kind === undefined) {
				if (!line.startsWith("waiting ")) faults.push(line);
			} else decide(id, kind);
		});
		const ended = child.ended.then(({ code, signal }) => {
			over = true;
			answer();
			if (signal !== "SIGKILL" && code !== 0) faults.push(`a lander ended by itself: ${code ?? signal}`);
		});
		// From the import of its modules to the third or fourth of its rounds.
		const killing = setTimeout(
			() => {
				kills++;
				child.kill("SIGKILL");
			},
			firstRoundMs * (0.2 + random() * 3),
		);
		if (!isMortal) clearTimeout(killing);
		child.stdin.on("error", () => undefined);
		return {
			isOver: () => over,
			async land(what) {
				if (over) return;
				const answered = new Promise((resolve) => {
					answer = resolve;
				});
				child.stdin.write(`${JSON.stringify(what)}\n`);
				await answered;
			},
			async end() {
				clearTimeout(killing);
				child.stdin.end();
				await ended;
			},
		};
	}

	/** Who was killed told nobody what it landed; the next one finds it in the base. */
	function decide(id, kind) {
		const change = project.changes.get(id);
		if (kind === "empty" && !results.has(id)) results.set(id, "landed");
		else if (!results.has(id) || kind === "landed") results.set(id, kind);
		queue.delete(id);
		if (change === undefined) faults.push(`${id} was decided, and nobody asked`);
	}
}

function asGiven({ id, branch, commit, created }) {
	return { id, branch, commit, created };
}
