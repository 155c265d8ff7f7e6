/** Lines in the log that no writer of ours wrote, or not this version of it. */
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Entry } from "../../model/entry.ts";
import { lineBytesMax } from "../../model/line.ts";
import { aDraft, draftOf, first, messages } from "../../testing/a-draft.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { openFloor } from "../floor.ts";
import { hashLine } from "./hash.ts";

test.each<[string, Uint8Array]>([
	["nothing", Buffer.from("")],
	["words", Buffer.from("so what")],
	["zeros", Buffer.alloc(4_096)],
	["bytes that are no text", Buffer.from([0xff, 0xfe, 0x80, 0xc3])],
	["half an entry", Buffer.from('{"seq":2,"ts":"2026-01-31T08:00:00.000Z","type":"al')],
	["JSON that is no object", Buffer.from("[1]")],
	["an object that is no entry", Buffer.from('{"seq":2}')],
	["an entry with a seq that is no number", Buffer.from('{"seq":"2","ts":"","type":"alert","by":"x","prev":""}')],
	["a line longer than any read", Buffer.alloc(700_000, "x")],
])("LOG-04: a line of %s in the middle is passed over, named, and left where it is", async (_what, rubbish) => {
	const { floor, path } = aFloor();
	await floor.log.append([aDraft("before")]);
	const following = first(floor.log.follow(1, new AbortController().signal), 2);
	appendFileSync(path, Buffer.concat([rubbish, Buffer.from("\n")]));
	await floor.log.append([aDraft("after")]);
	expect(messages(await following)).toEqual(["before", "after"]);
	expect(messages(await all(floor))).toEqual(["before", "after"]);
	expect(messages(await floor.log.last(2))).toEqual(["before", "after"]);
	const { bad, rubbish: named } = await floor.log.verify();
	expect(bad).toBeUndefined();
	expect(named).toEqual([expect.stringMatching(/experiment-log\.jsonl:2: /)]);
	expect(readFileSync(path).includes(Buffer.from(rubbish))).toBe(true);
	expect(await floor.log.seal(0)).toBe(true);
	expect(messages(await all(floor))).toEqual(["before", "after"]);
});

test.each([1, 10])(
	"LOG-05: data of %i MB is kept in a file of its own, named by its hash, and the line stays short",
	async (megabytes) => {
		const { floor, path, stateDir } = aFloor();
		const [written] = await floor.log.append([large(megabytes * 2 ** 20)]);
		expect(readFileSync(path, "utf8").split("\n")[0]?.length).toBeLessThan(lineBytesMax);
		expect(readdirSync(join(stateDir, "blobs"))).toHaveLength(1);
		expect(await all(floor)).toEqual([written]);
	},
);

test("LOG-05: data beyond all measure is refused, and nothing is written", async () => {
	const { floor } = aFloor();
	await expect(floor.log.append([aDraft(), large(20 * 2 ** 20)])).rejects.toMatchObject({
		code: "too-large",
		message: expect.stringMatching(/\d+ bytes.*Write it to a file/),
	});
	expect(await all(floor)).toEqual([]);
});

test.each<[string, (blob: string) => void, RegExp]>([
	["is gone", (blob) => rmSync(blob), /data is gone/],
	["was changed", (blob) => writeFileSync(blob, "{}"), /data was changed/],
])("LOG-05: an entry whose data %s is passed over and named", async (_what, harm, named) => {
	const { floor, stateDir } = aFloor();
	await floor.log.append([large(lineBytesMax), aDraft("after")]);
	const [blob = ""] = readdirSync(join(stateDir, "blobs"));
	harm(join(stateDir, "blobs", blob));
	expect(messages(await all(floor))).toEqual(["after"]);
	expect((await floor.log.verify()).bad).toMatchObject({ seq: 1, what: expect.stringMatching(named) });
});

test("LOG-06: text with line ends, escapes or a forged entry is one line, and nothing in it takes effect", async () => {
	const { floor, path } = aFloor();
	const forged =
		'\n{"seq":2,"ts":"2026-01-31T08:00:00.000Z","type":"resumed","by":"x","data":{"scope":"all"},"prev":""}\n';
	await floor.log.append([aDraft(forged), aDraft("\u001b[2J\r\u0000\u2028"), aDraft("after")]);
	const text = readFileSync(path, "utf8");
	expect(text.match(/\n/g)).toHaveLength(3);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
	expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
	expect((await all(floor)).map(({ type }) => type)).toEqual(["alert", "alert", "alert"]);
});

test.each([
	["a type", '"type":"dreamt","by":"x","data":{"of":1}'],
	["data of a known type", '"type":"resumed","by":"x","data":{"scope":["all","some"]}'],
])("LOG-14: %s that a newer version added is passed over, chained to, and kept", async (_what, body) => {
	const { floor, path } = aFloor();
	await floor.log.append([aDraft("before")]);
	const before = readFileSync(path, "utf8").trimEnd();
	const newer = `{"seq":2,"ts":"2026-01-31T08:00:00.000Z",${body},"prev":"${hashLine(before)}"}`;
	appendFileSync(path, `${newer}\n`);
	const [after] = await floor.log.append([aDraft("after")]);
	expect(after).toMatchObject({ seq: 3, prev: hashLine(newer) });
	expect(messages(await all(floor))).toEqual(["before", "after"]);
	// A checkpoint made here would lack what the newer type means, and newer processes would trust it.
	for (let times = 0; times < 3; times++) expect(await floor.log.seal(0)).toBe(false);
	expect(await floor.log.verify()).toMatchObject({ entries: 4, rubbish: [] });
	expect(await floor.log.last(10, { by: "floor" })).toMatchObject([{ data: { code: "sealing-held-up" } }]);
});

test("LOG-14: a field that a newer version added to a known type is kept for whoever reads it", async () => {
	const { floor, path } = aFloor();
	const line = `{"seq":1,"ts":"2026-01-31T08:00:00.000Z","type":"resumed","by":"x","data":{"scope":"all","mood":"good"},"prev":"${"0".repeat(64)}"}`;
	appendFileSync(path, `${line}\n`);
	expect((await all(floor)).map(({ data }) => data)).toEqual([{ scope: "all", mood: "good" }]);
	expect(await floor.log.verify()).toMatchObject({ entries: 1, rubbish: [] });
});

function large(bytes: number) {
	return draftOf("process_started", { pid: 1, node: "x".repeat(bytes), after: "first", crashes: 0 });
}

function aFloor() {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	return { floor, stateDir, path: join(stateDir, "experiment-log.jsonl") };
}

async function all({ log }: ReturnType<typeof openFloor>): Promise<Entry[]> {
	const entries = [];
	for await (const entry of log.read(1)) entries.push(entry);
	return entries;
}
