/** The head that is noted outside the log. */
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aDraft } from "../testing/a-draft.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { notedHead, noteHead } from "./anchor.ts";
import { openFloor } from "./floor.ts";

test("it goes along with the log", async () => {
	const { floor } = aFloor();
	await noteHead(floor);
	expect(await notedHead(floor)).toBeUndefined();
	for (let turn = 0; turn < 3; turn++) {
		await floor.log.append([aDraft(), aDraft()]);
		await noteHead(floor);
		expect(await notedHead(floor)).toEqual((await floor.log.verify()).head);
	}
});

test("LOG-10: a tail that was cut shows also when the log has grown past it", async () => {
	const { floor, path } = aFloor();
	await floor.log.append(Array.from({ length: 10 }, () => aDraft()));
	await noteHead(floor);
	const noted = await notedHead(floor);
	const lines = readFileSync(path, "utf8").split("\n");
	writeFileSync(
		path,
		lines
			.slice(0, 6)
			.map((line) => `${line}\n`)
			.join(""),
	);
	await expect(noteHead(floor)).rejects.toMatchObject({ code: "bad-record" });
	await floor.log.append(Array.from({ length: 6 }, () => aDraft()));
	await expect(noteHead(floor)).rejects.toMatchObject({ code: "bad-record" });
	expect(await notedHead(floor)).toEqual(noted);
	expect((await floor.log.verify([noted as never])).bad).toMatchObject({ seq: 10 });
});

test("segments that a person moved away are no reason not to note it", async () => {
	const { floor, stateDir } = aFloor();
	await floor.log.append([aDraft(), aDraft()]);
	await noteHead(floor);
	await floor.log.seal(0);
	for (const name of readdirSync(join(stateDir, "sealed"))) rmSync(join(stateDir, "sealed", name));
	await noteHead(floor);
	expect(await notedHead(floor)).toMatchObject({ seq: 3 });
});

test("a segment that cannot be read is named by verification, and keeps nobody from noting the head", async () => {
	const { floor, stateDir } = aFloor();
	for (const _ of [1, 2, 3]) {
		await floor.log.append([aDraft()]);
		await noteHead(floor);
		await floor.log.seal(0);
	}
	const [, second, third] = readdirSync(join(stateDir, "sealed"))
		.sort()
		.map((name) => join(stateDir, "sealed", name)) as [string, string, string];
	for (const path of [second, third]) {
		// A name that leads to itself: nobody can open it, not even root.
		rmSync(path);
		symlinkSync(path, path);
	}
	await noteHead(floor);
	expect(await notedHead(floor)).toMatchObject({ seq: 6 });
	expect((await floor.log.verify()).bad).toEqual({
		seq: 2,
		where: second,
		what: "cannot be read: the system answered ELOOP",
	});
});

function aFloor() {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	return { floor, stateDir, path: join(stateDir, "experiment-log.jsonl") };
}
