import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { aDraft, first, messages } from "../testing/a-draft.ts";
import { startProgram, until } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor } from "./floor.ts";
import { lookAgainMs } from "./watch.ts";

test("WAT-01: of five hundred updates in a rush, a watcher misses many and never the last", async () => {
	const { floor } = aFloor();
	const stop = new AbortController();
	let seen = 0;
	const watching = (async () => {
		for await (const { value } of floor.tasks.changes(stop.signal)) seen = value.tasks[0]?.priority ?? 0;
	})();
	await floor.tasks.update(() => ({ tasks: [aTask(9)] }));
	for (let turn = 0; turn < 500; turn++) await floor.tasks.update(() => ({ tasks: [aTask(turn % 9)] }));
	await floor.tasks.update(() => ({ tasks: [aTask(9)] }));
	const written = performance.now();
	await until(() => seen === 9);
	expect(performance.now() - written).toBeLessThan(lookAgainMs * 2);
	stop.abort();
	await watching;
});

test.each(["ENOSPC", "EMFILE"])(
	"WAT-03: without watches (%s) a follower looks by itself, and the log says so once",
	async (code) => {
		const { floor, stateDir } = aFloor();
		await floor.log.append([aDraft("before")]);
		const follower = startProgram("follow.mjs", [stateDir], { preload: [`no-inotify.mjs?code=${code}`] });
		await follower.says(/before/);
		await follower.says(/watching .* failed .*looking every 2 s instead/);
		await floor.log.append([aDraft("after")]);
		await follower.says(/after/);
		follower.finish();
		expect((await follower.ended).code).toBe(0);
		const alerts = (await floor.log.last(10)).filter(({ by }) => by === "floor");
		expect(alerts).toMatchObject([{ data: { code: "watch-unavailable", severity: "warning" } }]);
	},
);

test("WAT-04: half a line is held back until it is whole", async () => {
	const { floor, stateDir } = aFloor();
	const path = join(stateDir, "experiment-log.jsonl");
	const [one] = await floor.log.append([aDraft("first")]);
	const { seq, hash } = (await floor.log.verify()).head;
	const line = `${JSON.stringify({ ...one, ...aDraft("second"), seq: seq + 1, prev: hash })}\n`;
	const following = first(floor.log.follow(1, new AbortController().signal), 2);
	appendFileSync(path, line.slice(0, 50));
	expect(messages(await all(floor))).toEqual(["first"]);
	appendFileSync(path, line.slice(50));
	expect(messages(await following)).toEqual(["first", "second"]);
	expect(readFileSync(path, "utf8").endsWith(line)).toBe(true);
});

test("who follows and watches when the floor is closed gets no more hints, and does not spin", async () => {
	const { floor } = aFloor();
	const stop = new AbortController();
	const following = (async () => {
		for await (const _entry of floor.log.follow(1, stop.signal));
	})();
	const watching = (async () => {
		for await (const _value of floor.tasks.changes(stop.signal));
	})();
	await setImmediate();
	await floor.close();
	await setImmediate();
	stop.abort();
	await Promise.all([following, watching]);
});

function aTask(priority: number) {
	const at = "2026-01-31T08:00:00.000Z";
	return {
		id: "t1",
		status: "waiting" as const,
		title: "t",
		files: [],
		priority,
		source: "test",
		created: at,
		changed: at,
		attempts: 0,
		failedBy: [],
	};
}

async function all(floor: ReturnType<typeof openFloor>) {
	const entries = [];
	for await (const entry of floor.log.read(1)) entries.push(entry);
	return entries;
}

function aFloor() {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	return { floor, stateDir };
}
