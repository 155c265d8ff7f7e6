import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aDraft } from "../testing/a-draft.ts";
import { startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor } from "./floor.ts";
import { leftovers } from "./leftovers.ts";
import { uniqueName } from "./process-identity.ts";

test("what the killed leave is listed, what the living use is not", async () => {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	await floor.log.append([aDraft()]);
	await floor.records.update("notes/mine", () => "mine");
	const living = uniqueName();
	const writer = startProgram("append.mjs", [stateDir, "writer", "1"], {
		preload: ["crash.mjs?how=stop&at=append.write.before@1"],
	});
	expect(await writer.stopped()).toBe(true);
	const dead = "4194305-1-0-0-1x";
	for (const folder of ["receipts", "secrets", "locks/log.line"]) mkdirSync(join(stateDir, folder));
	for (const owner of [dead, living]) {
		writeFileSync(join(stateDir, `locks/of-${owner}`), owner);
		for (const place of [".cards/", "log.book/", "log.line/01234567890123456789."])
			writeFileSync(join(stateDir, `locks/${place}${owner}`), owner);
		for (const name of [
			"experiment-log.jsonl",
			"task-queue.json",
			"blobs/x.json",
			"receipts/x.json",
			"sealed/000000000001.jsonl",
			"notes/mine.json",
			"last-good/notes/mine.json",
			"secrets/key",
		])
			writeFileSync(join(stateDir, `${name}.${owner}.tmp`), "");
	}
	writeFileSync(join(stateDir, "notes/plan.tmp"), "somebody else's");
	const ofTheDead = [
		`blobs/x.json.${dead}.tmp`,
		`experiment-log.jsonl.${dead}.tmp`,
		`last-good/notes/mine.json.${dead}.tmp`,
		`locks/.cards/${dead}`,
		`locks/log.book/${dead}`,
		`locks/log.line/01234567890123456789.${dead}`,
		`locks/of-${dead}`,
		`notes/mine.json.${dead}.tmp`,
		`receipts/x.json.${dead}.tmp`,
		`sealed/000000000001.jsonl.${dead}.tmp`,
		`secrets/key.${dead}.tmp`,
		`task-queue.json.${dead}.tmp`,
	];
	expect(relative(stateDir)).toEqual(ofTheDead);

	writer.kill();
	await writer.ended;
	const ofTheWriter = relative(stateDir).filter((path) => !ofTheDead.includes(path));
	expect(ofTheWriter).toEqual([
		expect.stringMatching(/^locks\/\.cards\/\d/),
		"locks/log",
		expect.stringMatching(/^locks\/log\.book\/\d/),
	]);
});

test("locks that come and go meanwhile disturb nobody who looks", async () => {
	const stateDir = tempDir();
	const writer = startProgram("append.mjs", [stateDir, "writer", "100000"], {});
	await writer.says(/^ack 10 /);
	for (let looks = 0; looks < 2_000; looks++) expect(leftovers(stateDir)).toEqual([]);
	writer.kill();
	expect((await writer.ended).signal, "it appended all the time").toBe("SIGKILL");
});

function relative(stateDir: string): string[] {
	return leftovers(stateDir)
		.map((path) => path.slice(stateDir.length + 1))
		.sort();
}
